package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.time.Instant;

/// One step in what a device remembers; the journal of a [DeviceFolder] is a list of them. Immutable.
public sealed interface Change {
    /// A new activation: everything of an earlier one is forgotten.
    record Activated(KeptActivation activation) implements Change {}

    /// The user approved a newer notice; its receipt is not here yet.
    record Renewing(PendingRenewal renewal) implements Change {}

    /// The gateway will not have that approval.
    record RenewalDropped() implements Change {}

    /// The activation rests on a newer notice: these papers take the place of the ones before.
    record Renewed(ConsentPapers papers) implements Change {}

    /// The user switched off: the outbox is emptied, and what was not shown will not be.
    record WithdrawalAsked(Instant requestedAt) implements Change {}

    /// The gateway confirmed: key, number and messages are destroyed, the certificate stays.
    record Erased(KeptErasure erasure) implements Change {}

    /// Everything is destroyed, at the app's wish.
    record Forgotten() implements Change {}

    /// A message enters the outbox; if it asks for a read mark, that is waited for.
    record Sending(OutgoingMessage message) implements Change {}

    /// A message has its final result and leaves the outbox.
    record Settled(MessageId messageId) implements Change {}

    /// A message leaves the outbox, is never sent again, and becomes an SMS. [Settled] follows when
    /// the app has had it.
    record FellBack(MessageId messageId) implements Change {}

    /// A message was queued, leaves the outbox, and its receipt is waited for.
    record Queued(AwaitedReceipt receipt) implements Change {}

    /// The receipt came, or cannot come any more.
    record ReceiptDone(MessageId messageId) implements Change {}

    record Received(ReceivedMessage message) implements Change {}

    /// The user's choice; with a no, marks that were asked for are not waited for any more.
    record ReadMarksAllowed(boolean allowed) implements Change {}

    /// A text's read mark is waited for; the text itself may have left the outbox.
    record Unread(UnreadText text) implements Change {}

    /// The app has heard that the text was read, or nobody will read it.
    record ReadDone(MessageId messageId) implements Change {}

    /// The app has had the message; its text is needed no more.
    record Shown(PhoneNumber from, MessageId messageId) implements Change {}

    /// Messages that were received and shown before a rewrite of the journal; see [ReceivedWindow].
    ///
    /// @param keys three numbers for each message
    @SuppressWarnings("ArrayRecordComponent") // a bulk of numbers that only the stores see, never compared
    record ReceivedEarlier(long[] keys) implements Change {}
}
