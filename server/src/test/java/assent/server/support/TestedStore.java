package assent.server.support;

import assent.server.keys.KeyFile;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Store;
import assent.server.store.Suspension;
import assent.server.store.redis.RedisStore;
import assent.server.store.redis.RedisStoreConfig;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Which store is behind the gateways of a test run: the embedded one, or with
/// `-Dassent.test.store=redis` the one in Redis. Then all gateways share one server, and each data folder
/// has a database of its own there. A phone must not notice.
public final class TestedStore {
    private static final int DATABASES = 10_000;

    private TestedStore() {}

    /// Started when the first gateway wants it; it ends with this process.
    private static final class Shared {
        private static final RedisServer SERVER =
                RedisServer.start(RedisOptions.inMemory().with("databases", Integer.toString(DATABASES)));
        private static final AtomicInteger NEXT = new AtomicInteger();
    }

    public static boolean isRedis() {
        return System.getProperty("assent.test.store", "rocks").equals("redis");
    }

    /// What a gateway with this data folder is told.
    static Map<String, String> options(Path folder) throws IOException {
        return isRedis()
                ? Map.of(
                        "store.redis.nodes",
                        Shared.SERVER.address(),
                        "store.redis.database",
                        Integer.toString(database(folder)),
                        "store.redis.clock-skew-max",
                        "50ms")
                : Map.of();
    }

    private static int database(Path folder) throws IOException {
        Path note = folder.resolve("redis-database");
        if (!Files.exists(note)) {
            Files.createDirectories(folder);
            Files.writeString(note, Integer.toString(Shared.NEXT.getAndIncrement()));
        }
        return Integer.parseInt(Files.readString(note));
    }

    static RedisAddress address() {
        return RedisAddress.parse(Shared.SERVER.address());
    }

    static RedisSettings redis(Path folder) throws IOException {
        return RedisSettings.of(List.of(address()), false).withDatabase(database(folder));
    }

    /// Opens the store of a gateway that has been stopped.
    static Store open(Path folder) throws Exception {
        var keys = KeyFile.open(folder.resolve("keys.txt"), false);
        if (!isRedis()) {
            return RocksStore.open(folder.resolve("store"), keys, RocksConfig.DEFAULTS);
        }
        return RedisStore.open(
                RedisLink.open(redis(folder)),
                keys,
                RedisStoreConfig.defaults(),
                Suspension.NONE,
                InstantSource.system());
    }

    /// Every key and value that is kept outside the data folder.
    public static List<byte[]> everythingElsewhere(Path folder) throws IOException {
        if (!isRedis()) {
            return List.of();
        }
        try (var rows = new RedisRows(folder)) {
            return rows.everything();
        }
    }
}
