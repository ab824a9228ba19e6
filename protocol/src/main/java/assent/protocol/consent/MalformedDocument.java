package assent.protocol.consent;

import java.io.Serial;

/// Bytes that were to be a canonical document are not. The message never repeats a value.
public final class MalformedDocument extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedDocument(String message) {
        super(message);
    }

    MalformedDocument(String message, Throwable cause) {
        super(message, cause);
    }
}
