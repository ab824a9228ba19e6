package assent.device;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Takes messages from the app into the outbox, and from the outbox to the gateway.
///
/// Confined to its device's event loop, but for [#tryTake].
final class Sending {
    private final DeviceContext device;
    private final DeviceCore core;
    private final Outbox outbox;
    private final Receipts receipts;
    private final ReadMarks readMarks;
    private final OutgoingMarks marks;
    private final FallingBack fallingBack;
    private final AtomicInteger taken = new AtomicInteger();
    private Optional<MessageId> watched = Optional.empty();

    Sending(DeviceContext device, DeviceCore core) {
        this.device = device;
        this.core = core;
        this.outbox = new Outbox(device.config().limits());
        this.receipts = new Receipts(device);
        this.readMarks = new ReadMarks(device);
        this.marks = new OutgoingMarks(device, outbox, taken, this::pump);
        this.fallingBack = new FallingBack(device, this::timeIsOver);
    }

    Receipts receipts() {
        return receipts;
    }

    ReadMarks readMarks() {
        return readMarks;
    }

    /// Takes a place in the outbox, or does not: any thread may ask, so that an app that sends faster
    /// than anything can be sent is told at once.
    boolean tryTake() {
        if (taken.incrementAndGet() > device.config().limits().outboxMessagesMax()) {
            taken.decrementAndGet();
            return false;
        }
        return true;
    }

    /// Puts back what an earlier run left in the store.
    void restore(Kept kept) {
        receipts.restore(kept.awaited());
        readMarks.restore(kept);
        for (OutgoingMessage message : kept.fellBack()) {
            taken.incrementAndGet();
            handOver(
                    message,
                    new SentMessage(message.messageId(), new CompletableFuture<>()),
                    SendOutcome.FallBackCause.EARLIER_RUN);
        }
        for (OutgoingMessage message : kept.outbox()) {
            taken.incrementAndGet();
            fallingBack.restored(message);
            outbox.ready(outbox.restore(message, new SentMessage(message.messageId(), new CompletableFuture<>())));
        }
    }

    /// Keeps the message safe, then sends it. Its place was taken with [#tryTake].
    void send(OutgoingMessage given, SentMessage handle) {
        OutgoingMessage message = readMarks.asking(given);
        var entry = outbox.add(message, handle);
        fallingBack.taken(message);
        var write = device.store().write(List.of(new Change.Sending(message)));
        device.durability().after(write, () -> {
            outbox.ready(entry);
            pump();
        });
    }

    void allowReadMarks(boolean allowed, CompletableFuture<Boolean> promise) {
        if (!allowed) {
            marks.drop();
        }
        readMarks.allow(allowed, promise);
    }

    /// Sends marks for those of these texts that asked for one.
    void markRead(List<ReceivedMessage> read) {
        readMarks.toMark(read).forEach(marks::mark);
    }

    void refuse(SentMessage handle, SendOutcome.NoResultCause cause) {
        taken.decrementAndGet();
        tell(handle, new SendOutcome.NoResult(cause));
    }

    /// Sends what waits, and asks for receipts that are missing.
    void signedIn() {
        if (core.standing() instanceof Standing.Activated) {
            core.connector().session().ifPresent(session -> {
                pump(session);
                receipts.signedIn(session);
            });
        }
    }

    /// Sends what may be sent now.
    void pump() {
        if (core.standing() instanceof Standing.Activated) {
            core.connector().session().ifPresent(this::pump);
        }
    }

    private void pump(Session session) {
        while (session.isWritable()) {
            Optional<Outbox.Entry> next = outbox.next(session.sendsInFlightMax());
            if (next.isEmpty()) {
                break;
            }
            OutgoingMessage message = next.get().message();
            if (fallingBack.maySend(message)) {
                fallingBack.sent(message);
                session.send(message, next.get().ask());
            } else {
                outbox.park(next.get());
            }
        }
        watchOldest(session);
    }

    /// A message that is under way for the whole answer timeout while the gateway says other things
    /// has been forgotten there; on a new connection it is sent again.
    private void watchOldest(Session session) {
        if (watched.isPresent() || outbox.oldestInFlight().isEmpty()) {
            return;
        }
        watched = outbox.oldestInFlight();
        device.loop()
                .schedule(
                        () -> checkOldest(session),
                        device.config().limits().answerTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private void checkOldest(Session then) {
        var before = watched;
        watched = Optional.empty();
        core.connector().session().ifPresent(now -> {
            if (now == then && outbox.oldestInFlight().equals(before)) {
                now.sendUnanswered();
            } else {
                watchOldest(now);
            }
        });
    }

    void onResult(GatewayFrame.SendResult result) {
        switch (outbox.result(result)) {
            case Outbox.Verdict.Settled(var entry, SendOutcome.FallBack(var cause)) -> fallBack(entry, cause);
            case Outbox.Verdict.Settled(var entry, var outcome) -> settled(entry, outcome);
            case Outbox.Verdict.Repeat(var recipient, var after) ->
                device.loop()
                        .schedule(
                                () -> {
                                    outbox.release(recipient);
                                    pump();
                                },
                                after.toMillis(),
                                TimeUnit.MILLISECONDS);
            case Outbox.Verdict.LeftToItsDeadline(), Outbox.Verdict.Unexpected() -> {}
        }
        pump();
    }

    private void settled(Outbox.Entry entry, SendOutcome outcome) {
        MessageId messageId = entry.message().messageId();
        taken.decrementAndGet();
        fallingBack.settled(messageId);
        if (outcome instanceof SendOutcome.Queued && !entry.message().isReadMark()) {
            receipts.queued(entry.message());
        } else {
            device.store().writeSoon(new Change.Settled(messageId));
        }
        if (outcome instanceof SendOutcome.Refused) {
            readMarks.notDelivered(messageId);
        }
        if (!entry.message().isReadMark()) {
            tell(entry.handle(), outcome);
        }
    }

    private void timeIsOver(MessageId messageId) {
        outbox.remove(messageId).ifPresent(entry -> fallBack(entry, SendOutcome.FallBackCause.OWN_CLOCK));
        pump();
    }

    /// The message becomes an SMS: that is durable before the app hears of it.
    private void fallBack(Outbox.Entry entry, SendOutcome.FallBackCause cause) {
        MessageId messageId = entry.message().messageId();
        fallingBack.settled(messageId);
        readMarks.notDelivered(messageId);
        var write = device.store().write(List.of(new Change.FellBack(messageId)));
        device.durability().after(write, () -> handOver(entry.message(), entry.handle(), cause));
    }

    private void handOver(OutgoingMessage message, SentMessage handle, SendOutcome.FallBackCause cause) {
        device.callbacks().run(() -> {
            try {
                device.listener().onFallBack(message);
            } finally {
                device.loop().execute(() -> {
                    taken.decrementAndGet();
                    device.store().writeSoon(new Change.Settled(message.messageId()));
                });
            }
        });
        tell(handle, new SendOutcome.FallBack(cause));
    }

    void disconnected() {
        outbox.disconnected();
        receipts.disconnected();
    }

    /// Gives up what is in the outbox, or what this run knows of it.
    void abandon(SendOutcome.NoResultCause cause) {
        receipts.clear();
        readMarks.clear();
        fallingBack.clear();
        outbox.clear().forEach(entry -> {
            if (entry.message().isReadMark()) {
                taken.decrementAndGet();
            } else {
                refuse(entry.handle(), cause);
            }
        });
    }

    List<SentMessage> waiting() {
        return outbox.handles();
    }

    private void tell(SentMessage handle, SendOutcome outcome) {
        device.callbacks().run(() -> {
            handle.outcome().complete(outcome);
            device.listener().onOutcome(handle.messageId(), outcome);
        });
    }
}
