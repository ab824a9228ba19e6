package assent.server.simulation;

import assent.server.store.Store;
import assent.server.store.StoreContract;

/// The simulation's store keeps the contract of all stores.
class MemoryStoreTest extends StoreContract {
    private final Disk disk = new Disk();

    @Override
    protected Store open() {
        return MemoryStore.open(disk, MailboxLimits.DEFAULTS);
    }

    @Override
    protected Store open(int messagesMax, long bytesMax) {
        return MemoryStore.open(disk, new MailboxLimits(messagesMax, bytesMax, OUTCOMES_MAX));
    }
}
