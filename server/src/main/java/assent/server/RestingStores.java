package assent.server;

import assent.server.cli.StoreAddress;
import assent.server.cli.StoreOpener;
import assent.server.config.DataConfig;
import assent.server.config.GatewayConfig;
import assent.server.config.RedisConfig;
import assent.server.keys.Keys;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.StoreException;
import assent.server.store.copy.RestingStore;
import assent.server.store.redis.RedisAtRest;
import assent.server.store.rocks.RocksAtRest;
import assent.server.store.rocks.RocksStore;
import java.nio.file.Path;

/// Which adapter opens which address. Stateless.
final class RestingStores implements StoreOpener {
    @Override
    public int forgetActivations(GatewayConfig config, Keys keys) throws StoreException {
        return RocksStore.forgetActivations(config.data().storeFolder(), keys, new Settings(config).rocks());
    }

    @Override
    public RestingStore open(StoreAddress address, GatewayConfig config, Keys keys, Use use) throws StoreException {
        return switch (address) {
            case StoreAddress.Rocks(Path dataFolder) -> {
                Path folder = new DataConfig(dataFolder, config.data().keyFile()).storeFolder();
                yield use == Use.SOURCE ? RocksAtRest.source(folder, keys) : RocksAtRest.target(folder, keys);
            }
            case StoreAddress.Redis redis -> redis(redis, config, keys, use);
        };
    }

    private static RestingStore redis(StoreAddress.Redis address, GatewayConfig config, Keys keys, Use use)
            throws StoreException {
        String name = (address.isEncrypted() ? "rediss://" : "redis://") + String.join(",", address.nodes());
        var transport = address.isEncrypted() ? RedisConfig.Transport.TLS : RedisConfig.Transport.TCP;
        try {
            RedisLink link =
                    RedisLink.openForTool(RedisOptions.link(config.store().redis(), address.nodes(), transport));
            return use == Use.SOURCE ? RedisAtRest.source(name, link, keys) : RedisAtRest.target(name, link, keys);
        } catch (RedisException e) {
            throw new StoreException(name + " cannot be used: " + e.getMessage(), e);
        }
    }
}
