package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.store.Answer;
import assent.server.store.Committer;
import assent.server.store.StoreReads;
import assent.server.store.Write;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Carries messages between sessions and mailboxes. Thread-safe: all that changes belongs to the two
/// ends of a session, each confined to its event loop.
public final class Courier {
    private final Presence presence;
    private final Committer committer;
    private final StoreReads reads;
    private final Clock clock;
    private final DeliveryLimits limits;
    private final RecentOutcomes outcomes = new RecentOutcomes();
    private final Counter neverStored;
    private final Counter stored;

    public Courier(
            Presence presence,
            Committer committer,
            StoreReads reads,
            Clock clock,
            DeliveryLimits limits,
            MeterRegistry meters) {
        this.presence = presence;
        this.committer = committer;
        this.reads = reads;
        this.clock = clock;
        this.limits = limits;
        this.neverStored = Counter.builder("assent.messages.delivered.unstored")
                .description("Messages that were acknowledged within the grace and so never touched the store")
                .register(meters);
        this.stored = Counter.builder("assent.messages.stored")
                .description("Messages that were put into a mailbox")
                .register(meters);
    }

    /// Opens the two ends of a session. Both belong to the link's event loop.
    ///
    /// @param mayReceive asked there before every push: without its yes what comes goes the way to the
    ///     mailbox
    public Presence.Endpoint open(PhoneNumber number, DeviceId deviceId, Link link, BooleanSupplier mayReceive) {
        var sender = new Sender(this, number, deviceId, link, limits.sendsInFlightMax());
        return new Presence.Endpoint(new Inbox(this, number, deviceId, link, mayReceive), sender);
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

    StoreReads reads() {
        return reads;
    }

    RecentOutcomes outcomes() {
        return outcomes;
    }

    void countDeliveredUnstored() {
        neverStored.increment();
    }

    void countStored() {
        stored.increment();
    }

    /// Puts the message into the recipient's mailbox, and tells the sender. The recipient's session,
    /// should there be one by then, learns of it before the sender does: what the sender sends next
    /// cannot overtake it.
    void store(Transit transit) {
        store(transit, Optional.empty(), transit.sender.executor(), answer -> {
            wake(transit.to);
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

    /// Tells the number's live session, if there is one, that its mailbox may have grown.
    void wake(PhoneNumber number) {
        presence.find(number).ifPresent(endpoint -> endpoint.inbox().mailboxGrew());
    }

    /// Tells the sender what the store said. A number without a mailbox looks like one whose device is
    /// away.
    void answerStored(Transit transit, Answer<Write.AppendResult> answer) {
        switch (answer) {
            case Answer.Value<Write.AppendResult>(Write.Appended appended) -> {
                switch (appended.state()) {
                    case WAITING -> {
                        countStored();
                        transit.answer(Outcome.QUEUED);
                    }
                    case DELIVERED_FROM_QUEUE -> transit.answerDeliveredFromQueue();
                    case DELIVERED -> transit.answer(Outcome.DELIVERED);
                }
            }
            case Answer.Value<Write.AppendResult>(Write.NoMailbox ignored) -> transit.answer(Outcome.QUEUED);
            case Answer.Value<Write.AppendResult>(Write.MailboxFull ignored) -> transit.refuse(Reason.MAILBOX_FULL);
            case Answer.Unavailable<Write.AppendResult> ignored -> transit.refuse(Reason.STORE_UNAVAILABLE);
        }
    }

    /// Takes acknowledged messages out of a mailbox; the reply comes on `replyOn`.
    void remove(Write.Remove removal, Executor replyOn, Consumer<Answer<Write.Done>> reply) {
        committer.submit(removal, replyOn, reply);
    }

    /// Tells a sender that is connected that its queued message has been delivered. One that is away
    /// asks when it is back.
    void sendReceipt(Delivery.Origin delivered) {
        presence.find(delivered.from())
                .map(Presence.Endpoint::sender)
                .filter(sender -> sender.deviceId().equals(delivered.fromDevice()))
                .ifPresent(sender -> sender.receipt(delivered.messageId()));
    }
}
