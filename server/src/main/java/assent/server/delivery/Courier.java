package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.cluster.Letter;
import assent.server.cluster.Post;
import assent.server.policy.MessagePolicy;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.StoreReads;
import assent.server.store.Write;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Carries messages between sessions and mailboxes. Thread-safe: all that changes belongs to the two
/// ends of a session, each confined to its event loop.
public final class Courier {
    private final Presence presence;
    private final Committer committer;
    private final StoreReads reads;
    private final Clock clock;
    private final DeliveryLimits limits;
    private final Supplier<MessagePolicy> policy;
    private final Recipients recipients = new Recipients();
    private final Post post;
    private final RecentOutcomes outcomes = new RecentOutcomes(System::nanoTime);
    private final ThreadLocal<ReadTurns> readTurns = ThreadLocal.withInitial(ReadTurns::new);
    private final MessageMeters meters;

    public Courier(
            Presence presence,
            Committer committer,
            StoreReads reads,
            Clock clock,
            DeliveryLimits limits,
            Supplier<MessagePolicy> policy,
            Post post,
            MeterRegistry meters) {
        this.presence = presence;
        this.committer = committer;
        this.reads = reads;
        this.clock = clock;
        this.limits = limits;
        this.policy = policy;
        this.post = post;
        this.meters = new MessageMeters(meters);
    }

    /// Opens the two ends of a session. Both belong to the link's event loop.
    ///
    /// @param mayReceive asked there before every push: without its yes what comes goes the way to the
    ///     mailbox
    public Presence.Endpoint open(PhoneNumber number, DeviceId deviceId, Link link, BooleanSupplier mayReceive) {
        var sender = new Sender(this, number, deviceId, link, limits.sendsInFlightMax());
        var blocks = new Blocks(this, number, deviceId, link);
        return new Presence.Endpoint(new Inbox(this, number, deviceId, link, blocks, mayReceive), sender, blocks);
    }

    Presence presence() {
        return presence;
    }

    Clock clock() {
        return clock;
    }

    DeliveryLimits limits() {
        return limits;
    }

    /// What holds now.
    MessagePolicy policy() {
        return policy.get();
    }

    Recipients recipients() {
        return recipients;
    }

    /// Of the event loop that the caller is on.
    ReadTurns readTurns() {
        return readTurns.get();
    }

    StoreReads reads() {
        return reads;
    }

    Post post() {
        return post;
    }

    RecentOutcomes outcomes() {
        return outcomes;
    }

    MessageMeters meters() {
        return meters;
    }

    /// Puts the message into the recipient's mailbox, and tells the sender. The recipient's session,
    /// should there be one by then, learns of it before the sender does: what the sender sends next
    /// cannot overtake it.
    void store(Transit transit) {
        store(transit, Optional.empty(), transit.sender.executor(), answer -> {
            if (answer instanceof Answer.Value<Write.AppendResult>(Write.Appended ignored)) {
                wake(transit.to);
            }
            answerStored(transit, answer);
        });
    }

    /// Puts the message into the recipient's mailbox; the reply comes on `replyOn`.
    ///
    /// @param onlyFor the device that it was on its way to, if it was: no other gets it
    void store(
            Transit transit, Optional<DeviceId> onlyFor, Executor replyOn, Consumer<Answer<Write.AppendResult>> reply) {
        committer.submit(transit.append(onlyFor), replyOn, reply);
    }

    /// Hands a write to the committer; the reply comes on `replyOn`.
    <R extends Write.Result> void submit(Write<R> write, Executor replyOn, Consumer<Answer<R>> reply) {
        committer.submit(write, replyOn, reply);
    }

    /// Tells the number's live session, if there is one, that its mailbox may have grown.
    void wake(PhoneNumber number) {
        presence.find(number).ifPresent(endpoint -> endpoint.inbox().mailboxGrew());
    }

    /// As [#wake], unless that session's inbox is `own`, which knows.
    void wakeOther(PhoneNumber number, Inbox own) {
        presence.find(number)
                .map(Presence.Endpoint::inbox)
                .filter(inbox -> inbox != own)
                .ifPresent(Inbox::mailboxGrew);
    }

    /// Tells the sender what the store said. A number without a mailbox, or whose user blocks the
    /// sender, looks like one whose device is away.
    void answerStored(Transit transit, Answer<Write.AppendResult> answer) {
        switch (answer) {
            case Answer.Value<Write.AppendResult>(Write.Appended appended) -> {
                switch (appended.state()) {
                    case WAITING -> {
                        meters.stored();
                        transit.kept(appended.deadline());
                    }
                    case DELIVERED_FROM_QUEUE -> transit.answerDeliveredFromQueue();
                    case DELIVERED -> transit.answer(Outcome.DELIVERED);
                    // As to any number without an activation: the one that it was for is gone.
                    case PURGED -> transit.answer(Outcome.QUEUED);
                    case FELL_BACK -> transit.answer(Outcome.FALL_BACK);
                }
            }
            case Answer.Value<Write.AppendResult>(Write.FallsBack(var at)) -> transit.fallsBack(at);
            case Answer.Value<Write.AppendResult>(Write.NoMailbox ignored) -> transit.kept(Optional.empty());
            case Answer.Value<Write.AppendResult>(Write.MailboxFull ignored) -> transit.refuse(Reason.MAILBOX_FULL);
            case Answer.Unavailable<Write.AppendResult> ignored -> transit.refuse(Reason.STORE_UNAVAILABLE);
        }
    }

    /// Takes acknowledged messages out of a mailbox; the reply comes on `replyOn`.
    void remove(Write.Remove removal, Executor replyOn, Consumer<Answer<Write.Removed>> reply) {
        committer.submit(removal, replyOn, reply);
    }

    /// Decides at its deadline what becomes of a message: it leaves the inbox that it was given to, on
    /// that one's event loop, and then the store.
    void fallBack(Transit transit, Executor replyOn, Consumer<Answer<Write.FallBackResult>> reply) {
        Runnable decide = () -> committer.submit(transit.fallBack(clock.instant()), replyOn, reply);
        transit.way().ifPresentOrElse(inbox -> inbox.giveUp(transit, decide), decide);
    }

    /// A message's time was over before anybody had it, perhaps because this machine stood still. Its sender may be
    /// gone, and would send it again as if it were new, behind what came later: so it is decided here, too.
    void decideWithoutSender(Transit transit, Executor replyOn) {
        committer.submit(transit.fallBack(clock.instant()), replyOn, ignored -> {});
    }

    /// Tells a sender that is connected, here or at another gateway, that its queued message has been
    /// delivered. One that is away asks when it is back.
    void sendReceipt(Delivery.Origin delivered) {
        presence.find(delivered.from())
                .map(Presence.Endpoint::sender)
                .filter(sender -> sender.deviceId().equals(delivered.fromDevice()))
                .ifPresentOrElse(
                        sender -> sender.receipt(delivered.messageId()),
                        () -> post.follow(
                                delivered.from(),
                                seat -> new Letter.Delivered(delivered.fromDevice(), delivered.messageId())));
    }
}
