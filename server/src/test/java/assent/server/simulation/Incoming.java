package assent.server.simulation;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame.Deliver;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/// The receiving half of a phone: makes texts safe, shows each once, and acknowledges, perhaps late.
/// Confined to one thread.
final class Incoming {
    private static final Duration MAKING_SAFE_MAX = Duration.ofMillis(15);

    private final Simulation world;
    private final VirtualPhone phone;
    /// What is safe on the phone, which survives everything here.
    private final Set<Text.Name> remembered = new HashSet<>();
    private boolean remembers = true;
    private long lastSafeNanos;
    private long lastNumber;
    private long safeUpTo;
    private boolean acknowledgementIsDue;

    Incoming(Simulation world, VirtualPhone phone) {
        this.world = world;
        this.phone = phone;
    }

    /// From now on it knows nothing again: for tests that have to find texts shown twice.
    void forgets() {
        remembers = false;
    }

    void connected() {
        lastNumber = 0;
        safeUpTo = 0;
        acknowledgementIsDue = false;
    }

    void received(Deliver deliver) {
        if (deliver.deliveryNumber() != lastNumber + 1) {
            throw Promises.broken("%s: delivery %d came after %d", phone, deliver.deliveryNumber(), lastNumber);
        }
        lastNumber++;
        Wire on = phone.wire().orElseThrow();
        lastSafeNanos = Math.max(
                lastSafeNanos,
                world.time().nanos() + world.dice().upTo(MAKING_SAFE_MAX).toNanos());
        world.time().at(lastSafeNanos, () -> safe(deliver, on));
    }

    private void safe(Deliver deliver, Wire on) {
        Text text = world.promises().text(deliver.from(), deliver.messageId());
        if (remembered.add(text.name()) || !remembers) {
            world.journal().note(phone + " shows " + text);
            world.promises().shown(text, phone.number(), deliver.body());
        } else {
            world.journal().count("delivered again, not shown again");
        }
        if (!phone.isActiveOn(on)) {
            return;
        }
        safeUpTo = deliver.deliveryNumber();
        if (!acknowledgementIsDue) {
            acknowledgementIsDue = true;
            world.time().after(world.acknowledgeAfter(), () -> acknowledge(on));
        }
    }

    private void acknowledge(Wire on) {
        if (phone.isActiveOn(on)) {
            acknowledgementIsDue = false;
            phone.send(new DeviceFrame.Acknowledge(safeUpTo));
        }
    }
}
