package assent.device;

import assent.protocol.Reason;
import assent.protocol.consent.ConsentReceipt;
import java.time.Duration;
import java.util.Optional;

/// What became of the user's yes to a newer notice.
public sealed interface RenewalAnswer {
    /// The activation rests on the new notice; the receipt was checked and is kept.
    record Renewed(ConsentReceipt receipt) implements RenewalAnswer {}

    /// The gateway refused it; the activation stands as before.
    record NotRenewed(Reason reason, Optional<Duration> retryAfter) implements RenewalAnswer {}

    /// The receipt does not say what the user approved; the one before is kept.
    ///
    /// @param what the part of it that is wrong
    record Unproven(String what) implements RenewalAnswer {}

    /// There was no connection, or it ended before the answer. What was sent is sent again at the next
    /// sign-in by itself.
    record NoAnswer() implements RenewalAnswer {}
}
