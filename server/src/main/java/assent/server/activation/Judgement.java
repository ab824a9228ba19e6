package assent.server.activation;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// What became of an answer.
public sealed interface Judgement {
    record Proved(Challenge challenge) implements Judgement {}

    record Refused(Reason reason, Optional<Duration> retryAfter, int triesLeft) implements Judgement {}
}
