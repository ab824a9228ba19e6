package assent.device;

import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/// Hears that queued messages were delivered: from the gateway's receipts while connected, and by asking
/// once for each after every sign-in. The app is told once, and not about messages that this device does
/// not wait for.
///
/// At most [DeviceStore#AWAITED_MAX] are waited for; the oldest are given up first. At most
/// [#INQUIRIES_MAX] questions are under way.
///
/// Confined to its device's event loop.
final class Receipts {
    /// Few enough to leave the gateway's own limit (64) alone.
    static final int INQUIRIES_MAX = 16;

    /// How long a gateway may keep a message whose sender left the time to it.
    private static final Duration LIFETIME_MAX = Duration.ofDays(30);

    private final DeviceContext device;
    private final Map<MessageId, AwaitedReceipt> awaited = new LinkedHashMap<>(0);
    private final Queue<AwaitedReceipt> toAsk = new ArrayDeque<>(0);
    private final Set<MessageId> asked = new HashSet<>(0);

    Receipts(DeviceContext device) {
        this.device = device;
    }

    /// Takes up what an earlier run left.
    void restore(List<AwaitedReceipt> receipts) {
        receipts.forEach(receipt -> awaited.put(receipt.messageId(), receipt));
    }

    /// The message is queued, which settles it; its receipt is waited for.
    void queued(OutgoingMessage message) {
        var receipt = new AwaitedReceipt(message.messageId(), message.to(), until(message.delivery()));
        device.store().writeSoon(new Change.Queued(receipt));
        DeviceMemory.await(awaited, receipt);
    }

    private Instant until(DeliveryOption option) {
        Duration lifetime = option instanceof DeliveryOption.CloudOnly(Duration ttl)
                        && ttl.isPositive()
                        && ttl.compareTo(LIFETIME_MAX) < 0
                ? ttl
                : LIFETIME_MAX;
        return device.clock().instant().plus(lifetime);
    }

    /// A receipt came; one that nobody waits for, or that came before, changes nothing.
    void received(MessageId messageId) {
        if (forget(messageId)) {
            device.callbacks().run(() -> device.listener().onReceipt(messageId));
        }
    }

    private boolean forget(MessageId messageId) {
        boolean known = awaited.remove(messageId) != null;
        if (known) {
            device.store().writeSoon(new Change.ReceiptDone(messageId));
        }
        return known;
    }

    /// Begins to ask for everything that is waited for.
    void signedIn(Session session) {
        Instant now = device.clock().instant();
        var over = awaited.values().stream()
                .filter(receipt -> receipt.until().isBefore(now))
                .toList();
        over.forEach(receipt -> forget(receipt.messageId()));
        toAsk.addAll(awaited.values());
        ask(session);
    }

    private void ask(Session session) {
        while (asked.size() < INQUIRIES_MAX && !toAsk.isEmpty()) {
            AwaitedReceipt next = toAsk.remove();
            if (awaited.containsKey(next.messageId())) {
                asked.add(next.messageId());
                session.inquire(next);
            }
        }
    }

    /// @return whether this was asked
    boolean answered(Session session, MessageId messageId, boolean delivered) {
        if (!asked.remove(messageId)) {
            return false;
        }
        if (delivered) {
            received(messageId);
        }
        ask(session);
        return true;
    }

    void disconnected() {
        toAsk.clear();
        asked.clear();
    }

    /// Waits for nothing any more, or this run does not.
    void clear() {
        disconnected();
        awaited.clear();
    }
}
