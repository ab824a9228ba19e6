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
import java.util.OptionalLong;

/// One message on its way from a sender to an outcome. Its result is given once.
///
/// Immutable but for the result, which belongs to whoever carries the message: the recipient's [Inbox]
/// or, on its way to the mailbox, the committer's reply. Only one of them has it at a time. What becomes
/// of a message with a deadline is written down in [Fallback].
final class Transit {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    final Sender sender;
    final MessageId messageId;
    final PhoneNumber to;
    final Body body;
    final Write.Lifetime lifetime;
    final boolean askedBefore;

    /// When it came in, by [Link#nanoTime].
    final long cameInNanos;

    /// By [Link#nanoTime], which nobody sets; empty if the message has no deadline.
    final OptionalLong deadlineNanos;

    /// The inbox that it was given to first; empty if it went to the store. Confined to the
    /// sender's loop.
    private Optional<Inbox> way = Optional.empty();

    /// Whether its place in the order is certain. Confined to the sender's loop.
    private boolean placed;

    private volatile boolean answered;

    Transit(
            Sender sender,
            MessageId messageId,
            PhoneNumber to,
            Body body,
            Write.Lifetime lifetime,
            long cameInNanos,
            OptionalLong deadlineNanos,
            boolean askedBefore) {
        this.sender = sender;
        this.messageId = messageId;
        this.to = to;
        this.body = body;
        this.lifetime = lifetime;
        this.cameInNanos = cameInNanos;
        this.deadlineNanos = deadlineNanos;
        this.askedBefore = askedBefore;
    }

    PhoneNumber from() {
        return sender.number();
    }

    DeviceId fromDevice() {
        return sender.deviceId();
    }

    Instant acceptedAt() {
        return lifetime.acceptedAt();
    }

    boolean hasDeadline() {
        return deadlineNanos.isPresent();
    }

    /// Whether it may not be delivered any more.
    boolean isTooLate(long nowNanos) {
        return deadlineNanos.isPresent() && deadlineNanos.getAsLong() - nowNanos <= 0;
    }

    void goes(Optional<Inbox> chosen) {
        way = chosen;
    }

    Optional<Inbox> way() {
        return way;
    }

    /// @return whether it had no place before
    boolean takesPlace() {
        boolean first = !placed;
        placed = true;
        return first;
    }

    boolean isAnswered() {
        return answered;
    }

    /// Tells the sender, unless it has been told.
    void answer(Outcome outcome) {
        if (!answered) {
            answered = true;
            sender.settle(this, outcome, Optional.empty(), Optional.empty());
        }
    }

    /// The message is in the mailbox, or to the sender it looks as if it were: QUEUED, unless it has a
    /// deadline to wait for.
    ///
    /// @param deadline of the message in the mailbox, which may be older than this transit
    void kept(Optional<Instant> deadline) {
        if (hasDeadline()) {
            sender.kept(this, deadline);
        } else {
            answer(Outcome.QUEUED);
        }
    }

    /// There is nothing to deliver from then on, or from now.
    void fallsBack(Optional<Instant> at) {
        if (at.isPresent() && sender.isPrompt()) {
            kept(Optional.of(acceptedAt())); // which is over: it is decided at once
        } else if (at.isPresent()) {
            kept(at);
        } else {
            answer(Outcome.FALL_BACK);
        }
    }

    /// The message has been delivered from the mailbox: its sender hears both, QUEUED and the receipt,
    /// unless it was never told QUEUED.
    void answerDeliveredFromQueue() {
        if (hasDeadline()) {
            answer(Outcome.DELIVERED);
        } else {
            answer(Outcome.QUEUED);
            sender.receipt(messageId);
        }
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
        return new Write.Append(to, onlyFor, messageId, from(), fromDevice(), body, lifetime);
    }

    Write.FallBack fallBack(Instant now) {
        return new Write.FallBack(to, fromDevice(), messageId, now, lifetime.expiresAt());
    }
}
