package assent.server.store;

import java.io.Serial;

/// The store failed. The message says what failed and what to do, and holds no personal data.
///
/// A failure passes, such as a full disk, or is final. After a final one nobody knows what is on the
/// disk: this process must acknowledge nothing more, and a new one must read what is there.
public final class StoreException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    private StoreException(String message, Throwable cause, boolean isFinal) {
        super(message, cause);
        this.isFinal = isFinal;
    }

    public StoreException(String message, Throwable cause) {
        this(message, cause, false);
    }

    public StoreException(String message) {
        super(message);
        this.isFinal = false;
    }

    /// A failure after which the store keeps nothing more in this process.
    public static StoreException lasting(String message, Throwable cause) {
        return new StoreException(message, cause, true);
    }

    /// Whether trying again is of no use, and forbidden.
    public boolean isFinal() {
        return isFinal;
    }
}
