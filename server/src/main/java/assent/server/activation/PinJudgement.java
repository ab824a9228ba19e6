package assent.server.activation;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// What became of an answer with a registration PIN.
public sealed interface PinJudgement {
    record Right(PassedPin passed) implements PinJudgement {}

    record Refused(Reason reason, Optional<Duration> retryAfter, int triesLeft) implements PinJudgement {}
}
