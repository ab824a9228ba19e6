package assent.device;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// What became of [Device#block] or [Device#unblock]. Immutable.
public sealed interface BlockOutcome {
    /// It is so from now on, whatever dies.
    record Done() implements BlockOutcome {}

    /// Nothing has changed.
    ///
    /// @param retryAfter empty: the same request will be refused again
    record Refused(Reason reason, Optional<Duration> retryAfter) implements BlockOutcome {}

    /// The device is not signed in, or the connection ended before the answer came. Ask again: a
    /// request that was carried out already changes nothing a second time.
    record Unanswered() implements BlockOutcome {}
}
