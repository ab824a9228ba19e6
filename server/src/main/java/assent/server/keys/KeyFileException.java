package assent.server.keys;

import java.io.Serial;

/// The key file cannot be used. The message names the file, what is wrong, what was expected and what to
/// do.
public final class KeyFileException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    KeyFileException(String message) {
        super(message);
    }

    KeyFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
