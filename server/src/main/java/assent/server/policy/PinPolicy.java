package assent.server.policy;

import assent.protocol.Limits;
import java.time.Duration;

/// The rules of registration PINs. Immutable.
///
/// @param protection how long a PIN protects its number after the day on which its device was last seen
/// @param triesMax answers of one number in one day, right or wrong
public record PinPolicy(Duration protection, int triesMax) {
    public PinPolicy {
        if (triesMax < 1 || triesMax > Limits.PIN_TRIES_MAX) {
            throw new IllegalArgumentException("a number has 1 to " + Limits.PIN_TRIES_MAX + " tries for its PIN");
        }
    }

    public static PinPolicy defaults() {
        return new PinPolicy(Duration.ofDays(7), Limits.PIN_TRIES_MAX);
    }
}
