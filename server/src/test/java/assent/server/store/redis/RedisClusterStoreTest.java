package assent.server.store.redis;

import assent.server.redis.RedisAddress;
import assent.server.redis.RedisSettings;
import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/// The store in a Redis Cluster keeps the contract, and its replicas have everything.
class RedisClusterStoreTest extends RedisStoreContract {
    private static final Servers<RedisCluster> CLUSTER = new Servers<>();

    @BeforeAll
    static void startCluster() throws InterruptedException {
        CLUSTER.started(RedisCluster.start(RedisOptions.inMemory()));
    }

    @AfterAll
    static void stopCluster() {
        CLUSTER.stop();
    }

    @Override
    protected RedisSettings settings() {
        return RedisSettings.of(
                CLUSTER.get().addresses().stream().map(RedisAddress::parse).toList(), true);
    }
}
