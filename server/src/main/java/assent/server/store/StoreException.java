package assent.server.store;

import java.io.Serial;

/// The store failed. The message says what failed and what to do, and holds no personal data.
public final class StoreException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        super(message);
    }
}
