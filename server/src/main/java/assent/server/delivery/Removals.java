package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.server.store.Answer;
import assent.server.store.MessageState;
import assent.server.store.Write;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// Takes what a device has acknowledged out of its mailbox, for one session. Confined to the link's
/// event loop.
///
/// Where the store cannot, or the committer's queue is full, this tries again while the connection
/// lasts: otherwise a message would stay in the mailbox, and its sender without a receipt, until
/// the device connects anew. If the connection ends first, the message is delivered again, and the
/// device knows it.
final class Removals {
    /// Messages that wait for another try; those of a failed removal that would be more are left to the
    /// next connection.
    static final int WAITING_MAX = 1_000;

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Courier courier;
    private final DeviceId mailbox;
    private final Link link;
    private int waiting;
    private int underWay;
    private boolean closed;

    Removals(Courier courier, DeviceId mailbox, Link link) {
        this.courier = courier;
        this.mailbox = mailbox;
        this.link = link;
    }

    /// What of a message is needed to take it out and to tell its sender.
    record Acknowledged(long sequence, Delivery.Origin origin) {}

    /// How many messages wait for another try.
    int waiting() {
        return waiting;
    }

    /// How many removals the store has not answered.
    int underWay() {
        return underWay;
    }

    /// Takes out acknowledged messages. Their senders get a receipt once that is durable, so that one
    /// who has just signed in and asks meanwhile either finds the outcome or is there to be told. Those
    /// that fell back before are not there any more, and get none.
    void remove(List<Delivery> acknowledged) {
        var left = acknowledged.stream()
                .map(delivery -> new Acknowledged(delivery.sequence(), delivery.origin()))
                .toList();
        submit(left, MessageState.DELIVERED_FROM_QUEUE);
    }

    /// Takes out a message that was acknowledged while it was being stored: its sender knows.
    void removeDelivered(long sequence, Delivery.Origin origin) {
        submit(List.of(new Acknowledged(sequence, origin)), MessageState.DELIVERED);
    }

    private void submit(List<Acknowledged> left, MessageState as) {
        var sequences = left.stream().map(Acknowledged::sequence).toList();
        underWay++;
        courier.remove(new Write.Remove(mailbox, sequences, as), link.executor(), answer -> {
            underWay--;
            switch (answer) {
                case Answer.Value<Write.Removed>(Write.Removed(var removed)) -> {
                    if (as == MessageState.DELIVERED_FROM_QUEUE) {
                        sendReceipts(left, removed);
                    }
                }
                case Answer.Unavailable<Write.Removed> ignored -> tryAgain(left, as);
            }
        });
    }

    private void sendReceipts(List<Acknowledged> of, List<Long> removed) {
        var gone = new HashSet<>(removed);
        for (Acknowledged message : of) {
            if (gone.contains(message.sequence())) {
                courier.sendReceipt(message.origin());
            }
        }
    }

    private void tryAgain(List<Acknowledged> left, MessageState as) {
        if (closed || waiting + left.size() > WAITING_MAX) {
            return;
        }
        waiting += left.size();
        link.schedule(RETRY, () -> {
            waiting -= left.size();
            if (!closed) {
                submit(left, as);
            }
        });
    }

    void close() {
        closed = true;
    }
}
