package assent.server.net.tls;

import java.io.Serial;

/// A certificate or its key is not usable. The message names the file, the cause and the next step,
/// for people.
public final class TlsFailure extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    TlsFailure(String message) {
        super(message);
    }

    TlsFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
