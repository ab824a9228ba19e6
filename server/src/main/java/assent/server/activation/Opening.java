package assent.server.activation;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// What became of a claim.
public sealed interface Opening {
    record CodeSent(Challenge challenge, int triesLeft) implements Opening {}

    record TextExpected(Challenge challenge, String serviceNumber, String text) implements Opening {
        @Override
        public String toString() {
            return "TextExpected[" + challenge.id() + ", text hidden]";
        }
    }

    record Refused(Reason reason, Optional<Duration> retryAfter) implements Opening {}
}
