package assent.server.delivery;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.store.StoredMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// One message that was pushed to the device and is not acknowledged yet. Confined to its inbox's
/// event loop.
///
/// | state | acknowledged | the connection ends | |---|---|---|
/// | `PUSHED`: in no store | DELIVERED | `STORING` |
/// | `STORING`: the grace is over, the append on its way | DELIVERED, removed once appended | as
/// appended |
/// | `STORED` | removed, then a receipt to the sender | it waits in the mailbox |
/// | `UNSTORABLE`: the append was refused | DELIVERED | REFUSED |
/// | `SETTLED`: what becomes of it is decided without it | nothing | nothing |
///
/// `STORING` becomes `STORED`, `UNSTORABLE` or `SETTLED` by the store's answer. `SETTLED` comes
/// when a sender asks again as if for the first time, and has been told the outcome of then; and
/// when the message's deadline is over, see [Fallback].
///
/// What was read from the mailbox is STORED from the start. An append that failed is tried again
/// only if the sender asks again: a later message may have been stored meanwhile, and order counts
/// for more.
final class Delivery {
    enum Safety {
        PUSHED,
        STORING,
        STORED,
        UNSTORABLE,
        SETTLED
    }

    final MessageId messageId;
    final PhoneNumber from;
    final DeviceId fromDevice;
    final Body body;
    final Instant acceptedAt;
    private final Optional<Instant> deadline;
    private Safety safety;
    private long sequence;
    private long pushedAtNanos;
    private boolean acknowledged;
    /// Those who wait for the result: the first sender, and the same device when it asked again on a
    /// newer connection.
    private List<Transit> askers;

    private Delivery(
            MessageId messageId,
            PhoneNumber from,
            DeviceId fromDevice,
            Body body,
            Instant acceptedAt,
            Optional<Instant> deadline,
            List<Transit> askers) {
        this.messageId = messageId;
        this.from = from;
        this.fromDevice = fromDevice;
        this.body = body;
        this.acceptedAt = acceptedAt;
        this.deadline = deadline;
        this.askers = askers;
        this.safety = Safety.PUSHED;
    }

    static Delivery of(Transit transit) {
        return new Delivery(
                transit.messageId,
                transit.from(),
                transit.fromDevice(),
                transit.body,
                transit.acceptedAt(),
                transit.lifetime.deadline(),
                List.of(transit));
    }

    static Delivery of(StoredMessage message) {
        var delivery = new Delivery(
                message.messageId(),
                message.from(),
                message.fromDevice(),
                message.body(),
                message.acceptedAt(),
                Optional.of(message.expiresAt()),
                List.of());
        delivery.storedAs(message.sequence());
        return delivery;
    }

    /// Whose message it is, and which.
    record Origin(PhoneNumber from, DeviceId fromDevice, MessageId messageId) {}

    Origin origin() {
        return new Origin(from, fromDevice, messageId);
    }

    Safety safety() {
        return safety;
    }

    long sequence() {
        return sequence;
    }

    boolean isAcknowledged() {
        return acknowledged;
    }

    boolean isSameMessageAs(Transit transit) {
        return messageId.equals(transit.messageId) && fromDevice.equals(transit.fromDevice());
    }

    /// The transit that the message is appended from.
    Transit firstAsker() {
        return askers.getFirst();
    }

    /// Lets another asker wait for the same result; one who comes after the store has the message is
    /// told at once.
    void join(Transit transit) {
        if (safety == Safety.STORED) {
            transit.kept(deadline);
        } else {
            var all = new ArrayList<>(askers);
            all.add(transit);
            askers = all;
        }
    }

    void pushedAt(long nanos) {
        pushedAtNanos = nanos;
    }

    long pushedAtNanos() {
        return pushedAtNanos;
    }

    long nanosSincePush(long now) {
        return now - pushedAtNanos;
    }

    void storing() {
        safety = Safety.STORING;
    }

    void storedAs(long sequence) {
        this.safety = Safety.STORED;
        this.sequence = sequence;
    }

    void pushedAgain() {
        safety = Safety.PUSHED;
    }

    void unstorable() {
        safety = Safety.UNSTORABLE;
    }

    void settled() {
        safety = Safety.SETTLED;
    }

    void acknowledged() {
        acknowledged = true;
    }

    void answer(Outcome outcome) {
        forEachAsker(asker -> asker.answer(outcome));
    }

    void forEachAsker(Consumer<Transit> each) {
        askers.forEach(each);
    }

    void refuse(Reason reason) {
        forEachAsker(asker -> asker.refuse(reason));
    }
}
