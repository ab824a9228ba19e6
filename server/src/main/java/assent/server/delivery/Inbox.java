package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.store.Answer;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The receiving end of one live session. Confined to its link's event loop, but for [#offer] and
/// [#mailboxGrew], which go there by themselves.
///
/// # How order and durability are kept
///
/// *Deliver first.* While the mailbox holds nothing that this session has not pushed, a message is
/// pushed at once and is on no disk. If its acknowledgement comes within the grace, the sender hears
/// DELIVERED and it was never stored.
///
/// *Commit if not.* After the grace, what is in the window and not stored is appended to the mailbox,
/// oldest first; the sender hears QUEUED when that is durable, and the acknowledgement removes it.
///
/// *Behind.* When the window is full, or the device does not take what is sent, or the mailbox may hold
/// something that this session has not read, the inbox is behind: every further message is appended to
/// the mailbox and read from there in turn. Before the first of them the whole window is appended, so
/// that the order in the mailbox is the order of arrival. The inbox is level again when a read finds
/// nothing new and no append is on its way.
///
/// *Asked again.* A message whose sender asks again without a result may be in the window, may have an
/// outcome, or may wait. The window is looked into first, then the recent outcomes; then it is appended
/// like what comes behind, since the append finds what the mailbox knows of it. So an outcome holds, and
/// only those who ask again pay for the look-up.
///
/// *The end.* When the connection ends, what is not stored is appended in order, and later offers follow
/// it. The session that has come in its place is told before any sender is.
public final class Inbox {
    private final Courier courier;
    private final PhoneNumber number;
    private final DeviceId deviceId;
    final Link link;
    final Window window;
    final MailboxReader reader;
    final Removals removals;
    private final BooleanSupplier mayReceive;
    private final MailboxReader.Sink sink = new ReadSink();
    /// Pushed messages whose append is on its way. A read may find one of them before the
    /// committer's word of it is here.
    final Map<MessageId, Delivery> storing = new HashMap<>();

    int appendsOnTheirWay;
    boolean behind = true;
    private boolean graceTimerRuns;
    private boolean open;
    private boolean closed;

    Inbox(Courier courier, PhoneNumber number, DeviceId deviceId, Link link, BooleanSupplier mayReceive) {
        this.courier = courier;
        this.number = number;
        this.deviceId = deviceId;
        this.link = link;
        this.mayReceive = mayReceive;
        this.window = new Window(
                courier.limits().deliveriesInFlightMax(), courier.limits().deliveryBytesInFlightMax());
        this.reader = new MailboxReader(courier, deviceId, link);
        this.removals = new Removals(courier, deviceId, link);
    }

    /// Starts to push what waits in the mailbox. To be called once [Presence] finds this session.
    public void open() {
        open = true;
        reader.readOn(sink);
    }

    /// Takes a message for this device; callable from any thread. Its sender gets one result.
    void offer(Transit transit) {
        link.run(() -> take(transit));
    }

    /// Something was put into the mailbox by another way; callable from any thread.
    void mailboxGrew() {
        link.run(() -> {
            behind = true;
            reader.readOn(sink);
        });
    }

    /// The device may be given texts again: what waits is pushed.
    public void resume() {
        mailboxGrew();
    }

    private void take(Transit transit) {
        if (transit.askedBefore && transit.answerAsBefore()) {
            return;
        }
        if (closed) {
            courier.store(transit);
            return;
        }
        var same = window.find(transit);
        if (same.isPresent()) {
            same.get().join(transit);
            if (window.tryAgain(same.get())) {
                startGraceTimer(courier.limits().grace());
            }
        } else if (!behind && hasRoom() && !transit.askedBefore) {
            push(Delivery.of(transit));
            startGraceTimer(courier.limits().grace());
        } else {
            behind = true;
            window.storePushed(any -> true, this::append);
            appendBehind(transit);
        }
    }

    private boolean hasRoom() {
        return window.hasRoom() && link.isWritable() && mayReceive.getAsBoolean();
    }

    private void push(Delivery delivery) {
        delivery.pushedAt(link.nanoTime());
        link.send(new GatewayFrame.Deliver(
                window.add(delivery), delivery.messageId, delivery.from, delivery.body, delivery.acceptedAt));
    }

    /// The device has everything up to this delivery safe.
    ///
    /// @return false if this connection has had no such delivery: a violation
    public boolean acknowledge(long through) {
        if (!window.covers(through)) {
            return false;
        }
        if (closed) {
            return true; // too late: another session has the mailbox, and will hear it from the device
        }
        var stored = new ArrayList<Delivery>();
        window.acknowledge(through, delivery -> acknowledged(delivery, stored));
        if (!stored.isEmpty()) {
            removals.remove(stored);
        }
        if (behind) {
            reader.readOn(sink);
        }
        return true;
    }

    private void acknowledged(Delivery delivery, List<Delivery> stored) {
        switch (delivery.safety()) {
            case PUSHED -> {
                courier.countDeliveredUnstored();
                delivery.answer(Outcome.DELIVERED);
            }
            case STORING, UNSTORABLE -> delivery.answer(Outcome.DELIVERED);
            case STORED -> stored.add(delivery);
            case SETTLED -> {} // it was here before
        }
    }

    /// The device takes again what is sent to it.
    public void writable() {
        if (behind) {
            reader.readOn(sink);
        }
    }

    /// The connection has ended, or another has taken its place: nothing more is pushed, and what is not
    /// stored goes to the mailbox.
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
            removals.close();
            window.forEach(delivery -> {
                if (delivery.safety() == Delivery.Safety.UNSTORABLE) {
                    delivery.refuse(Reason.STORE_UNAVAILABLE);
                }
            });
            window.storePushed(any -> true, this::append);
        }
    }

    private void startGraceTimer(Duration delay) {
        if (!graceTimerRuns) {
            graceTimerRuns = true;
            link.schedule(delay, this::graceOver);
        }
    }

    private void graceOver() {
        graceTimerRuns = false;
        long grace = courier.limits().grace().toNanos();
        long now = link.nanoTime();
        window.storePushed(delivery -> delivery.nanosSincePush(now) >= grace, this::append);
        if (window.hasPushed()) {
            startGraceTimer(courier.limits().grace());
        }
    }

    private void append(Delivery delivery) {
        appendsOnTheirWay++;
        storing.put(delivery.messageId, delivery);
        courier.store(delivery.firstAsker(), Optional.of(deviceId), link.executor(), answer -> {
            appendsOnTheirWay--;
            storing.remove(delivery.messageId, delivery);
            appended(delivery, answer);
            if (behind || reader.isReadDue()) {
                behind = true;
                reader.readOn(sink);
            }
        });
    }

    private void appended(Delivery delivery, Answer<Write.AppendResult> answer) {
        switch (answer) {
            case Answer.Value<Write.AppendResult>(Write.Appended there) -> {
                reader.know(there.sequence());
                if (delivery.isAcknowledged()) {
                    removals.removeDelivered(there.sequence(), delivery.origin());
                } else {
                    appended(delivery, there);
                }
            }
            // Withdrawn or superseded meanwhile: to the sender, like a number that was never there.
            case Answer.Value<Write.AppendResult>(Write.NoMailbox ignored) -> delivery.answer(Outcome.QUEUED);
            case Answer.Value<Write.AppendResult>(Write.MailboxFull ignored) ->
                notStored(delivery, Reason.MAILBOX_FULL);
            case Answer.Unavailable<Write.AppendResult> ignored -> notStored(delivery, Reason.STORE_UNAVAILABLE);
        }
    }

    private void appended(Delivery delivery, Write.Appended there) {
        switch (there.state()) {
            case WAITING -> {
                courier.countStored();
                delivery.storedAs(there.sequence());
                tellSuccessor();
                delivery.answer(Outcome.QUEUED);
            }
            case DELIVERED_FROM_QUEUE -> {
                delivery.settled();
                delivery.forEachAsker(Transit::answerDeliveredFromQueue);
            }
            case DELIVERED -> {
                delivery.settled();
                delivery.answer(Outcome.DELIVERED);
            }
        }
    }

    /// The device may have it all the same, so the sender is told nothing while the connection lasts.
    /// Asking again with the same message id is safe at any time, since the device knows what it has.
    private void notStored(Delivery delivery, Reason reason) {
        delivery.unstorable();
        if (closed) {
            delivery.refuse(reason);
        }
    }

    private void appendBehind(Transit transit) {
        appendsOnTheirWay++;
        courier.store(transit, Optional.of(deviceId), link.executor(), answer -> {
            appendsOnTheirWay--;
            tellSuccessor();
            courier.answerStored(transit, answer);
            reader.readOn(sink);
        });
    }

    private void tellSuccessor() {
        if (closed) {
            courier.wake(number);
        }
    }

    /// Where the reader pushes to.
    private final class ReadSink implements MailboxReader.Sink {
        @Override
        public boolean push(StoredMessage message) {
            Delivery pushed = storing.get(message.messageId());
            if (pushed != null && pushed.fromDevice.equals(message.fromDevice())) {
                return true;
            }
            if (!hasRoom()) {
                return false;
            }
            Inbox.this.push(Delivery.of(message));
            return true;
        }

        @Override
        public void level() {
            if (appendsOnTheirWay == 0) {
                behind = false;
            }
        }

        @Override
        public int room() {
            return open && link.isWritable() && mayReceive.getAsBoolean() ? window.room() : 0;
        }
    }
}
