package assent.device;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.util.ArrayList;
import java.util.List;

/// What one connection delivers: each message is made safe, then handed to the app, then acknowledged.
///
/// All deliveries of one read of the socket go to the store in one write. A message that was received
/// before is not written or shown again, but acknowledged, and not before the first one is safe:
/// writes complete in their order. An acknowledgement also waits for the app, so that a slow app fills
/// the gateway's window and not the phone's memory.
///
/// Confined to its device's event loop.
final class Inbox {
    private final DeviceContext context;
    private final Shower shower;
    private final Connection connection;
    private final int inHandMax;
    private List<ReceivedMessage> fresh = new ArrayList<>(0);
    private long lastNumber;
    private long lastBatched;
    private long lastDone;

    /// @param inHandMax how many deliveries the gateway may have without an acknowledgement
    Inbox(DeviceContext context, Shower shower, Connection connection, int inHandMax) {
        this.context = context;
        this.shower = shower;
        this.connection = connection;
        this.inHandMax = inHandMax;
    }

    /// @return whether the delivery is one that the gateway may make now
    boolean deliver(GatewayFrame.Deliver delivery) {
        if (delivery.deliveryNumber() != lastNumber + 1 || lastNumber - lastDone >= inHandMax) {
            return false;
        }
        lastNumber++;
        if (!isKnown(delivery.from(), delivery.messageId())) {
            fresh.add(
                    new ReceivedMessage(delivery.from(), delivery.messageId(), delivery.body(), delivery.acceptedAt()));
        }
        if (isFull()) {
            connection.setReading(false);
        }
        return true;
    }

    private boolean isKnown(PhoneNumber from, MessageId messageId) {
        return context.store().hasReceived(from, messageId)
                || fresh.stream().anyMatch(message -> isSame(message, from, messageId));
    }

    private static boolean isSame(ReceivedMessage message, PhoneNumber from, MessageId messageId) {
        return message.messageId().equals(messageId) && message.from().equals(from);
    }

    private boolean isFull() {
        return lastNumber - lastDone >= context.config().limits().deliveriesInHandMax();
    }

    /// Everything that one read of the socket brought has been given to [#deliver].
    void readComplete() {
        if (lastBatched == lastNumber) {
            return;
        }
        lastBatched = lastNumber;
        long through = lastNumber;
        var batch = fresh;
        fresh = new ArrayList<>(0);
        var write = context.store()
                .write(batch.stream().<Change>map(Change.Received::new).toList());
        context.durability().after(write, () -> show(batch, through));
    }

    private void show(List<ReceivedMessage> batch, long through) {
        shower.show(batch, () -> done(through));
    }

    private void done(long through) {
        lastDone = through;
        connection.acknowledge(through);
        if (lastNumber - lastDone <= context.config().limits().deliveriesInHandMax() / 2) {
            connection.setReading(true);
        }
    }
}
