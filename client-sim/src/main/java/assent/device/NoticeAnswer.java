package assent.device;

import assent.protocol.Bytes;
import assent.protocol.Reason;
import assent.protocol.consent.Notice;
import java.time.Duration;
import java.util.Optional;

/// What came for the wish to activate. Immutable.
public sealed interface NoticeAnswer permits NoticeAnswer.NoticeShown, NoticeAnswer.ActivationClosed, StartAgain {
    /// Show all of it to the user, and pass it to [Device#approve] only on the user's yes.
    ///
    /// @param hash SHA-256 of the notice's canonical bytes, made on this device
    record NoticeShown(Notice notice, Bytes hash) implements NoticeAnswer {}

    /// Policy takes no activations now.
    ///
    /// @param retryAfter empty if nobody knows
    record ActivationClosed(Reason reason, Optional<Duration> retryAfter) implements NoticeAnswer {}
}
