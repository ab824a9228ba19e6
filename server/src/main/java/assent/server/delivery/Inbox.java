package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
///
/// [Pushes] has the window and the graces, [Appends] what goes to the mailbox, [Backlog] what has to be
/// read from it.
public final class Inbox {
    private final Courier courier;
    private final PhoneNumber number;
    private final Link link;
    private final Blocks blocks;
    private final Pushes pushes;
    private final Backlog backlog;
    private final Removals removals;
    private final Appends appends;
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
        this.link = link;
        this.blocks = blocks;
        this.pushes = new Pushes(link, courier, mayReceive, this::append);
        this.backlog = new Backlog(courier, deviceId, link, blocks, pushes);
        this.removals = new Removals(courier, deviceId, link);
        this.appends = new Appends(courier, deviceId, link, backlog, removals, this::tellSuccessor);
    }

    /// Starts to push what waits in the mailbox. To be called once [Presence] finds this session. Until
    /// it is known whom the user blocks the inbox stays behind.
    public void open() {
        backlog.open();
    }

    /// Takes a message for this device; callable from any thread. Its sender gets one result.
    void offer(Transit transit) {
        link.run(() -> take(transit));
    }

    /// Something was put into the mailbox by another way; callable from any thread.
    public void mailboxGrew() {
        link.run(() -> {
            backlog.fallBehind();
            backlog.readOn();
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
            courier.decideWithoutSender(transit, link.executor()); // who is deciding, or gone
            return;
        }
        if (closed) {
            courier.store(transit);
            return;
        }
        var same = window().find(transit);
        if (same.isPresent()) {
            same.get().join(transit);
            pushes.tryAgain(same.get());
        } else if (blocks.contains(transit.from())) {
            courier.store(transit); // blocked since the sender chose the way
        } else if (!backlog.isBehind() && pushes.hasRoom() && !transit.askedBefore) {
            pushes.push(Delivery.of(transit));
        } else {
            backlog.fallBehind();
            pushes.backlogged();
            pushes.storeAll();
            appends.appendBehind(transit);
        }
    }

    /// The device has everything up to this delivery safe.
    ///
    /// @return false if this connection has had no such delivery: a violation
    public boolean acknowledge(long through) {
        if (!window().covers(through)) {
            return false;
        }
        if (closed) {
            return true; // too late: another session has the mailbox, and will hear it from the device
        }
        var stored = new ArrayList<Delivery>();
        pushes.acknowledge(through, delivery -> acknowledged(delivery, stored));
        if (!stored.isEmpty()) {
            removals.remove(stored);
        }
        backlog.catchUp();
        return true;
    }

    private void acknowledged(Delivery delivery, List<Delivery> stored) {
        switch (delivery.safety()) {
            case PUSHED -> {
                courier.meters().deliveredUnstored();
                delivery.answer(Outcome.DELIVERED);
            }
            case STORING, UNSTORABLE -> delivery.answer(Outcome.DELIVERED);
            case STORED -> stored.add(delivery);
            case SETTLED -> {} // it was here before
        }
    }

    /// The device takes again what is sent to it.
    public void writable() {
        backlog.catchUp();
    }

    /// The connection has ended, or another has taken its place: nothing more is pushed, and what is not
    /// stored goes to the mailbox.
    public void close() {
        if (!closed) {
            closed = true;
            blocks.close();
            backlog.close();
            removals.close();
            appends.close();
            window().forEach(delivery -> {
                if (delivery.safety() == Delivery.Safety.UNSTORABLE) {
                    delivery.refuse(Reason.STORE_UNAVAILABLE);
                }
            });
            pushes.storeAll();
        }
    }

    /// Whether the device has anything that it has not acknowledged, or a removal is on its way.
    public boolean isUnderWay() {
        return window().oldest().isPresent() || backlog.appendsOnTheirWay() > 0 || removals.underWay() > 0;
    }

    /// The message's deadline is over: it leaves this end, unless its sender has been told the outcome;
    /// callable from any thread.
    ///
    /// @param decide runs behind everything of this message that is on its way to the store
    void giveUp(Transit transit, Runnable decide) {
        link.run(() -> {
            if (!transit.isAnswered()) {
                window().find(transit).ifPresent(window()::settle);
                decide.run();
            }
        });
    }

    boolean isOn(Link other) {
        return link.equals(other);
    }

    Window window() {
        return pushes.window();
    }

    /// What this end holds besides its window, for those who watch it: how many of each kind.
    Map<String, Integer> held() {
        return Map.of(
                "storing",
                backlog.storing(),
                "appends on their way",
                backlog.appendsOnTheirWay(),
                "removals that wait",
                removals.waiting(),
                "behind",
                backlog.isBehind() ? 1 : 0);
    }

    private void append(Delivery delivery) {
        appends.append(delivery);
    }

    /// Another session may have this one's place already, and may have read the mailbox before this
    /// was in it, while the end of this session is still on its way here.
    private void tellSuccessor() {
        courier.wakeOther(number, this);
    }
}
