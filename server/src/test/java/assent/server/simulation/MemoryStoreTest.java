package assent.server.simulation;

import assent.protocol.PhoneNumber;
import assent.server.store.Store;
import assent.server.store.StoreContract;
import assent.server.store.Suspension;

/// The simulation's store keeps the contract of all stores.
class MemoryStoreTest extends StoreContract {
    private final Disk disk = new Disk();

    @Override
    protected Store open() {
        return MemoryStore.open(disk, MailboxLimits.DEFAULTS, Suspension.NONE);
    }

    @Override
    protected void damageActivationOf(PhoneNumber number) {
        disk.damage(number);
    }

    @Override
    protected Store open(Suspension suspension) {
        return MemoryStore.open(disk, MailboxLimits.DEFAULTS, suspension);
    }

    @Override
    protected Store open(int messagesMax, long bytesMax) {
        return MemoryStore.open(disk, new MailboxLimits(messagesMax, bytesMax, OUTCOMES_MAX), Suspension.NONE);
    }
}
