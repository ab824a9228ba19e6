package assent.server.simulation;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame.Deliver;

/// What a phone receives on one connection: checks the numbers, and acknowledges, perhaps late. Confined
/// to one thread.
final class Reception {
    private final Simulation world;
    private final VirtualPhone phone;
    private final Wire wire;
    private long lastNumber;
    private long safeUpTo;
    private boolean acknowledgementIsDue;

    Reception(Simulation world, VirtualPhone phone, Wire wire) {
        this.world = world;
        this.phone = phone;
        this.wire = wire;
    }

    void received(Deliver deliver) {
        if (deliver.deliveryNumber() != lastNumber + 1) {
            throw Promises.broken(
                    "%s: delivery %d came after %d".formatted(phone, deliver.deliveryNumber(), lastNumber));
        }
        lastNumber++;
        if (!phone.incoming().acknowledgesInTime()) {
            wire.fromPhone(new DeviceFrame.Acknowledge(lastNumber));
        }
        phone.incoming().received(deliver, () -> safe(deliver.deliveryNumber()));
    }

    private void safe(long number) {
        safeUpTo = number;
        if (!acknowledgementIsDue) {
            acknowledgementIsDue = true;
            world.time().after(world.acknowledgeAfter(), () -> {
                acknowledgementIsDue = false;
                wire.fromPhone(new DeviceFrame.Acknowledge(safeUpTo));
            });
        }
    }
}
