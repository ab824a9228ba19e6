package assent.server.activation;

import assent.protocol.Limits;
import assent.server.store.Write;
import java.time.Duration;
import java.util.Optional;

/// The limits of registration PINs.
///
/// @param protection how long a PIN protects its number after the day on which its device was last seen
/// @param triesMax answers of one number in one day, right or wrong; at most ten
public record PinLimits(Duration protection, int triesMax) {
    /// A day of tries begins with the first of them.
    static final Duration TRIES_WINDOW = Duration.ofDays(1);

    public PinLimits {
        if (triesMax < 1 || triesMax > Limits.PIN_TRIES_MAX) {
            throw new IllegalArgumentException("a number has 1 to " + Limits.PIN_TRIES_MAX + " tries for its PIN");
        }
    }

    Write.PinRule rule(Optional<PassedPin> passed) {
        return new Write.PinRule(protection, passed.map(PassedPin::salt));
    }
}
