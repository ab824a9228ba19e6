package assent.server.store.redis;

import assent.server.redis.RedisAddress;
import assent.server.redis.RedisSettings;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The store in one Redis server keeps the contract.
class RedisStoreTest extends RedisStoreContract {
    private static final Servers<RedisServer> SERVER = new Servers<>();

    @BeforeAll
    static void startRedis() {
        SERVER.started(RedisServer.start(RedisOptions.inMemory().with("databases", "1000")));
    }

    @AfterAll
    static void stopRedis() {
        SERVER.stop();
    }

    @Override
    protected RedisSettings settings() {
        return RedisSettings.of(List.of(RedisAddress.parse(SERVER.get().address())), false);
    }
}
