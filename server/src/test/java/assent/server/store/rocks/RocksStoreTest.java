package assent.server.store.rocks;

import assent.server.keys.Keys;
import assent.server.store.Store;
import assent.server.store.StoreContract;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The embedded store keeps the contract.
class RocksStoreTest extends StoreContract {
    @TempDir
    private Path folder = Path.of("");

    private final Keys keys = Keys.ephemeral();

    @Override
    protected Store open() throws StoreException {
        return RocksStore.open(folder, keys, RocksConfig.DEFAULTS);
    }

    @Override
    protected Store open(Suspension suspension) throws StoreException {
        return RocksStore.open(folder, keys, RocksConfig.DEFAULTS, suspension);
    }

    @Override
    protected Store open(int messagesMax, long bytesMax) throws StoreException {
        return RocksStore.open(
                folder,
                keys,
                RocksConfig.DEFAULTS.withMailboxMax(messagesMax, bytesMax).withOutcomesMax(OUTCOMES_MAX));
    }
}
