package assent.sim.demo;

import assent.protocol.DeliveryOption;
import java.time.Duration;

/// Which texts fall back to SMS, and what is then a mistake. Immutable.
///
/// @param everySo one text of so many has a deadline; 0: none
/// @param deadline of those
public record Deadlines(int everySo, Duration deadline, FallBackRules rules) {
    static final Deadlines NEVER = new Deadlines(0, Duration.ZERO, FallBackRules.STRICT);

    /// The option of a direction's text.
    DeliveryOption of(long index) {
        return everySo > 0 && index % everySo == everySo - 1
                ? new DeliveryOption.CloudThenSms(deadline)
                : new DeliveryOption.CloudOnly(Duration.ZERO);
    }
}
