package assent.protocol.wire;

import assent.protocol.Reason;
import io.netty.handler.codec.DecoderException;
import java.io.Serial;

/// The peer sent bytes that are no frame. The connection cannot go on: nothing after them can be
/// trusted.
///
/// Neither the message nor a cause repeats what was received.
public final class FrameViolation extends DecoderException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    FrameViolation(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
