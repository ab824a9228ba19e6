package assent.device;

import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// The gateway refused this step; the step before it still stands. Immutable.
///
/// @param retryAfter empty: the same step will be refused again
/// @param triesLeft with the reasons that begin with CODE, and PIN_WRONG; otherwise zero
public record Refused(Reason reason, Optional<Duration> retryAfter, int triesLeft)
        implements ApprovalAnswer, ClaimAnswer, ActivationAnswer, SwitchOffAnswer, PinSetAnswer, ExportAnswer {
    static Refused of(GatewayFrame.Refused frame) {
        return new Refused(frame.reason(), frame.retryAfter(), frame.triesLeft());
    }
}
