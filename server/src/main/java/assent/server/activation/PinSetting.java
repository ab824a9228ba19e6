package assent.server.activation;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// What became of setting a registration PIN.
public sealed interface PinSetting {
    record Set() implements PinSetting {}

    record Refused(Reason reason, Optional<Duration> retryAfter) implements PinSetting {}
}
