package assent.server.delivery;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// One message on its way from a sender to an outcome. Its result is given once.
///
/// Immutable but for the result, which belongs to whoever carries the message: the recipient's [Inbox]
/// or, on its way to the mailbox, the committer's reply. Only one of them has it at a time.
final class Transit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    final Sender sender;
    final MessageId messageId;
    final PhoneNumber to;
    final Body body;
    final Instant acceptedAt;
    final Instant expiresAt;
    final boolean askedBefore;
    private boolean answered;

    Transit(
            Sender sender,
            MessageId messageId,
            PhoneNumber to,
            Body body,
            Instant acceptedAt,
            Instant expiresAt,
            boolean askedBefore) {
        this.sender = sender;
        this.messageId = messageId;
        this.to = to;
        this.body = body;
        this.acceptedAt = acceptedAt;
        this.expiresAt = expiresAt;
        this.askedBefore = askedBefore;
    }

    PhoneNumber from() {
        return sender.number();
    }

    DeviceId fromDevice() {
        return sender.deviceId();
    }

    /// Tells the sender, unless it has been told.
    void answer(Outcome outcome) {
        if (!answered) {
            answered = true;
            sender.settle(this, outcome, Optional.empty(), Optional.empty());
        }
    }

    /// The message was QUEUED and has been delivered: its sender hears both.
    void answerDeliveredFromQueue() {
        answer(Outcome.QUEUED);
        sender.receipt(messageId);
    }

    /// Gives the outcome that this message had a while ago, if anybody remembers. What was queued
    /// is for the mailbox to say: it may have been delivered since.
    boolean answerAsBefore() {
        Optional<Outcome> before = sender.outcomeBefore(messageId).filter(outcome -> outcome != Outcome.QUEUED);
        before.ifPresent(this::answer);
        return before.isPresent();
    }

    void refuse(Reason reason) {
        if (!answered) {
            answered = true;
            sender.settle(this, Outcome.REFUSED, Optional.of(reason), Optional.of(RETRY_AFTER));
        }
    }

    /// @param onlyFor the device that it was pushed to, if it was
    Write.Append append(Optional<DeviceId> onlyFor) {
        return new Write.Append(to, onlyFor, messageId, from(), fromDevice(), body, acceptedAt, expiresAt);
    }
}
