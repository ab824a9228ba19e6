package assent.server.store.rocks;

import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.store.Store;
import assent.server.store.StoreContract;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.copy.StoreCopy;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// Whenever a store is opened again, it is a copy of what it was: nobody can tell.
class CopiedStoreTest extends StoreContract {
    @TempDir
    private Path temp = Path.of("");

    private final Keys keys = Keys.ephemeral();
    private int copies;
    private boolean isDamaged;

    /// Of the latest store.
    private Path folder() {
        return temp.resolve("store-" + copies);
    }

    private Path copied() throws StoreException {
        if (OpenChecks.holdsData(folder()) && !isDamaged) { // a damaged store is not copied
            Path before = folder();
            copies++;
            try (var source = RocksAtRest.source(before, keys);
                    var target = RocksAtRest.target(folder(), keys)) {
                var clock = Clock.fixed(java.time.Instant.EPOCH, ZoneOffset.UTC); // nothing has expired
                new StoreCopy(source, target, keys, clock, (_, _, _) -> {}).run();
            }
        }
        return folder();
    }

    @Override
    protected Store open() throws StoreException {
        return RocksStore.open(copied(), keys, RocksConfig.DEFAULTS);
    }

    @Override
    protected Store open(Suspension suspension) throws StoreException {
        return RocksStore.open(copied(), keys, RocksConfig.DEFAULTS, suspension, Optional.empty());
    }

    @Override
    protected Store open(int messagesMax, long bytesMax) throws StoreException {
        return RocksStore.open(
                copied(),
                keys,
                RocksConfig.DEFAULTS.withMailboxMax(messagesMax, bytesMax).withOutcomesMax(OUTCOMES_MAX));
    }

    @Override
    protected void damageActivationOf(PhoneNumber number) throws Exception {
        try (Database database = Database.open(folder(), RocksConfig.DEFAULTS);
                var batch = new Batch(database)) {
            batch.put(Table.ACTIVATION, keys.macOf(number).toArray(), new byte[] {99, 0, 0});
            batch.commit();
            isDamaged = true;
        }
    }
}
