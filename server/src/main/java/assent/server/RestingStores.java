package assent.server;

import assent.server.cli.StoreAddress;
import assent.server.cli.StoreOpener;
import assent.server.config.DataConfig;
import assent.server.config.GatewayConfig;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.copy.RestingStore;
import assent.server.store.rocks.RocksAtRest;
import java.nio.file.Path;

/// Which adapter opens which address. Stateless.
final class RestingStores {
    private RestingStores() {}

    static RestingStore open(StoreAddress address, GatewayConfig config, Keys keys, StoreOpener.Use use)
            throws StoreException {
        return switch (address) {
            case StoreAddress.Rocks(Path dataFolder) -> {
                Path folder = new DataConfig(dataFolder, config.data().keyFile()).storeFolder();
                yield use == StoreOpener.Use.SOURCE
                        ? RocksAtRest.source(folder, keys)
                        : RocksAtRest.target(folder, keys);
            }
            case StoreAddress.Redis _ ->
                throw new StoreException("Redis cannot be copied from or into yet; expected rocks:FOLDER.");
        };
    }
}
