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
    private final Link link;
    private final Blocks blocks;
    private final BooleanSupplier mayReceive;
    private final Window window;
    private final Grace grace;
    private final GraceTimer graceTimer;
    private final MailboxReader reader;
    private final Removals removals;
    private final MailboxReader.Sink sink = new ReadSink();
    /// Pushed messages whose append is on its way. A read may find one of them before the
    /// committer's word of it is here.
    private final Map<MessageId, Delivery> storing = new HashMap<>();

    private int appendsOnTheirWay;
    private boolean behind = true;
    private boolean levelButForBlocks;
    private boolean open;
    private boolean closed;

    Inbox(
            Courier courier,
            PhoneNumber number,
            DeviceId deviceId,
            Link link,
            Blocks blocks,
            BooleanSupplier mayReceive) {
        this.courier = courier;
        this.number = number;
        this.deviceId = deviceId;
        this.link = link;
        this.blocks = blocks;
        this.mayReceive = mayReceive;
        this.window = new Window(
                courier.limits().deliveriesInFlightMax(), courier.limits().deliveryBytesInFlightMax());
        this.grace = new Grace(courier.limits().grace());
        this.graceTimer = new GraceTimer(link, this::graceOver);
        this.reader = new MailboxReader(courier, deviceId, link);
        this.removals = new Removals(courier, deviceId, link);
    }

    /// Starts to push what waits in the mailbox. To be called once [Presence] finds this session. Until
    /// it is known whom the user blocks the inbox stays behind.
    public void open() {
        open = true;
        blocks.load(() -> {
            if (levelButForBlocks) {
                reader.readOn(sink);
            }
        });
        reader.readOn(sink);
    }

    /// Takes a message for this device; callable from any thread. Its sender gets one result.
    void offer(Transit transit) {
        link.run(() -> take(transit));
    }

    /// Something was put into the mailbox by another way; callable from any thread.
    public void mailboxGrew() {
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
        if (transit.isTooLate(link.nanoTime())) {
            return; // its sender is deciding, or is gone
        }
        if (closed) {
            courier.store(transit);
            return;
        }
        var same = window.find(transit);
        if (same.isPresent()) {
            same.get().join(transit);
            if (window.tryAgain(same.get())) {
                graceTimer.start(graceNow());
            }
        } else if (blocks.contains(transit.from())) {
            courier.store(transit); // blocked since the sender chose the way
        } else if (!behind && hasRoom() && !transit.askedBefore) {
            push(Delivery.of(transit));
            graceTimer.start(graceNow());
        } else {
            behind = true;
            grace.disturbed(window.lastNumber());
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
        Optional<Delivery> oldest = window.oldest();
        window.acknowledge(through, delivery -> acknowledged(delivery, stored));
        oldest.filter(Delivery::isAcknowledged)
                .ifPresent(first -> grace.acknowledged(through, first.pushedAtNanos(), link.nanoTime()));
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
            blocks.close();
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

    /// The message's deadline is over: it leaves this end, unless its sender has been told the outcome;
    /// callable from any thread.
    ///
    /// @param decide runs behind everything of this message that is on its way to the store
    void giveUp(Transit transit, Runnable decide) {
        link.run(() -> {
            if (!transit.isAnswered()) {
                window.find(transit).ifPresent(window::settle);
                decide.run();
            }
        });
    }

    boolean isOn(Link other) {
        return link.equals(other);
    }

    Window window() {
        return window;
    }

    /// What this end holds besides its window, for those who watch it: how many of each kind.
    Map<String, Integer> held() {
        return Map.of(
                "storing",
                storing.size(),
                "appends on their way",
                appendsOnTheirWay,
                "removals that wait",
                removals.waiting(),
                "behind",
                behind ? 1 : 0);
    }

    private void graceOver() {
        long given = graceNow().toNanos();
        long now = link.nanoTime();
        var left = new long[1];
        window.storePushed(
                delivery -> {
                    left[0] = given - delivery.nanosSincePush(now);
                    return left[0] <= 0;
                },
                this::append);
        if (window.hasPushed()) { // those of the next quarter go together
            graceTimer.start(Duration.ofNanos(Math.max(left[0], given / 4)));
        }
    }

    private Duration graceNow() {
        long now = link.nanoTime();
        return grace.given(
                window.oldest().map(delivery -> delivery.nanosSincePush(now)).orElse(0L));
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
                if (delivery.safety() == Delivery.Safety.SETTLED) {
                    return; // its deadline was over meanwhile
                }
                if (delivery.isAcknowledged()) {
                    courier.countStored();
                    removals.removeDelivered(there.sequence(), delivery.origin());
                } else {
                    appended(delivery, there);
                }
            }
            // Withdrawn or superseded meanwhile: to the sender, like a number that was never there.
            case Answer.Value<Write.AppendResult>(Write.NoMailbox ignored) ->
                delivery.forEachAsker(asker -> asker.kept(Optional.empty()));
            case Answer.Value<Write.AppendResult>(Write.FallsBack(var at)) ->
                delivery.forEachAsker(asker -> asker.fallsBack(at));
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
                delivery.forEachAsker(asker -> asker.kept(there.deadline()));
            }
            case DELIVERED_FROM_QUEUE -> {
                delivery.settled();
                delivery.forEachAsker(Transit::answerDeliveredFromQueue);
            }
            case DELIVERED -> {
                delivery.settled();
                delivery.answer(Outcome.DELIVERED);
            }
            case PURGED -> {
                delivery.settled();
                delivery.answer(Outcome.QUEUED);
            }
            case FELL_BACK -> {
                delivery.settled();
                delivery.answer(Outcome.FALL_BACK);
            }
        }
    }

    /// The device may have it all the same, so the sender is told nothing while the connection lasts.
    /// Asking again with the same message id is safe at any time, since the device knows what it has.
    private void notStored(Delivery delivery, Reason reason) {
        if (delivery.safety() == Delivery.Safety.SETTLED) {
            return; // its deadline was over meanwhile
        }
        delivery.unstorable();
        if (closed) {
            delivery.refuse(reason);
        }
    }

    private void appendBehind(Transit transit) {
        appendsOnTheirWay++;
        // Until the session is confirmed it may be that of a device which has lost the number: what comes then is for
        // whoever has it. Afterwards it is for this device alone.
        Optional<DeviceId> onlyFor = open ? Optional.of(deviceId) : Optional.empty();
        courier.store(transit, onlyFor, link.executor(), answer -> {
            appendsOnTheirWay--;
            tellSuccessor();
            courier.answerStored(transit, answer);
            reader.readOn(sink);
        });
    }

    /// Another session may have this one's place already, and may have read the mailbox before this
    /// was in it, while the end of this session is still on its way here.
    private void tellSuccessor() {
        courier.wakeOther(number, this);
    }

    /// Where the reader pushes to.
    private final class ReadSink implements MailboxReader.Sink {
        @Override
        public boolean push(StoredMessage message) {
            Delivery pushed = storing.get(message.messageId());
            if (pushed != null && pushed.fromDevice.equals(message.fromDevice())) {
                return true;
            }
            if (!courier.clock().instant().isBefore(message.expiresAt())) {
                return true; // its time was over while it was read
            }
            if (!hasRoom()) {
                return false;
            }
            Inbox.this.push(Delivery.of(message));
            grace.disturbed(window.lastNumber());
            return true;
        }

        @Override
        public void level() {
            levelButForBlocks = !blocks.isLoaded();
            if (appendsOnTheirWay == 0 && !levelButForBlocks) {
                behind = false;
            }
        }

        @Override
        public int room() {
            return open && link.isWritable() && mayReceive.getAsBoolean() ? window.room() : 0;
        }
    }
}
