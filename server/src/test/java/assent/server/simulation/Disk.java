package assent.server.simulation;

import assent.protocol.PhoneNumber;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What survives a crash: the log of the synced steps, from which [MemoryStore] opens. It fails on
/// command. Confined to one thread.
final class Disk {
    /// What the next step meets.
    enum Trouble {
        NONE,
        /// There is no room: nothing is kept, later steps may work.
        FULL,
        /// The sync fails, and nobody knows whether the step is there.
        SYNC_FAILS_STEP_LOST,
        SYNC_FAILS_STEP_KEPT
    }

    /// One synced step, and what it depended on.
    record Step(List<Write<?>> writes, MailboxLimits limits, Suspension suspension, long generation) {}

    private final List<Step> synced = new ArrayList<>();
    private final List<Step> unsynced = new ArrayList<>();
    private final Set<PhoneNumber> damaged = new HashSet<>();
    private Trouble trouble = Trouble.NONE;
    private boolean syncs = true;
    private long generations;

    /// The next step meets this.
    void trouble(Trouble next) {
        trouble = next;
    }

    /// From now on it says that it has synced and does not: for tests that have to find loss.
    void pretendsToSync() {
        syncs = false;
    }

    /// From now on what it has of this number's activation is unreadable.
    void damage(PhoneNumber number) {
        damaged.add(number);
    }

    boolean isDamaged(Write<?> write) {
        return write instanceof Write.Append append && damaged.contains(append.to());
    }

    long nextGeneration() {
        return ++generations;
    }

    List<Step> synced() {
        return synced;
    }

    void write(Step step) throws StoreException {
        Trouble now = trouble;
        trouble = Trouble.NONE;
        switch (now) {
            case NONE -> (syncs ? synced : unsynced).add(step);
            case FULL -> throw new StoreException("no room, on command");
            case SYNC_FAILS_STEP_LOST -> throw syncFailed();
            case SYNC_FAILS_STEP_KEPT -> {
                synced.add(step);
                throw syncFailed();
            }
        }
    }

    private static StoreException syncFailed() {
        return StoreException.lasting("a sync failed, on command", new java.io.IOException("on command"));
    }

    /// The power is gone, and with it what was not synced.
    void crash() {
        unsynced.clear();
        trouble = Trouble.NONE;
    }
}
