package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.store.Answer;
import assent.server.store.Write;
import java.util.Optional;

/// Puts what one session cannot hold into the mailbox, and tells the senders what has become of it.
/// Confined to the link's event loop. Appends reach the mailbox in the order in which they are asked
/// for.
final class Appends {
    private final Courier courier;
    private final DeviceId deviceId;
    private final Link link;
    private final Backlog backlog;
    private final Removals removals;
    private final Runnable tellSuccessor;
    private boolean closed;

    /// @param tellSuccessor tells the session that may have this one's place that the mailbox grew
    Appends(Courier courier, DeviceId deviceId, Link link, Backlog backlog, Removals removals, Runnable tellSuccessor) {
        this.courier = courier;
        this.deviceId = deviceId;
        this.link = link;
        this.backlog = backlog;
        this.removals = removals;
        this.tellSuccessor = tellSuccessor;
    }

    /// The connection has ended: the device will acknowledge nothing more.
    void close() {
        closed = true;
    }

    /// Stores what was pushed.
    void append(Delivery delivery) {
        backlog.leaves(delivery);
        courier.store(delivery.firstAsker(), Optional.of(deviceId), link.executor(), answer -> {
            backlog.arrived(delivery);
            appended(delivery, answer);
            backlog.catchUpIfDue();
        });
    }

    /// Stores what is not pushed, behind everything that is.
    void appendBehind(Transit transit) {
        backlog.leaves();
        // Until the session is confirmed it may be that of a device which has lost the number: what comes then is for
        // whoever has it. Afterwards it is for this device alone.
        Optional<DeviceId> onlyFor = backlog.isOpen() ? Optional.of(deviceId) : Optional.empty();
        courier.store(transit, onlyFor, link.executor(), answer -> {
            backlog.arrived();
            tellSuccessor.run();
            courier.answerStored(transit, answer);
            backlog.readOn();
        });
    }

    private void appended(Delivery delivery, Answer<Write.AppendResult> answer) {
        switch (answer) {
            case Answer.Value<Write.AppendResult>(Write.Appended there) -> {
                backlog.know(there.sequence());
                if (delivery.safety() == Delivery.Safety.SETTLED) {
                    return; // its deadline was over meanwhile
                }
                if (delivery.isAcknowledged()) {
                    courier.meters().stored();
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
                courier.meters().stored();
                delivery.storedAs(there.sequence());
                tellSuccessor.run();
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
}
