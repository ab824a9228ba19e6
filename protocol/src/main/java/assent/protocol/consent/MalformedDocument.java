package assent.protocol.consent;

import java.io.Serial;

/// Bytes that were to be a canonical document are not. Neither the message nor a cause repeats what
/// they hold.
public final class MalformedDocument extends IllegalArgumentException {
    @Serial
    private static final long serialVersionUID = 1L;

    MalformedDocument(String message) {
        super(message);
    }
}
