package assent.protocol;

import java.time.Duration;

/// What the sender wants if the recipient's device is not there.
public sealed interface DeliveryOption {
    /// Wait in the mailbox for at most `ttl`; zero means as long as the gateway allows.
    record CloudOnly(Duration ttl) implements DeliveryOption {
        public CloudOnly {
            requireNotNegative(ttl);
        }
    }

    /// If it is not delivered `deadline` after the gateway received it, tell the sender to use SMS.
    record CloudThenSms(Duration deadline) implements DeliveryOption {
        public CloudThenSms {
            requireNotNegative(deadline);
        }
    }

    private static void requireNotNegative(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("a delivery option takes a duration of zero or more, not " + duration);
        }
    }
}
