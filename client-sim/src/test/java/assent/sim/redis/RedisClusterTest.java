package assent.sim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Three primaries with a replica each.
class RedisClusterTest {
    @Test
    void aPrimaryThatIsKilledIsReplacedByItsReplicaAndComesBackAsOne() throws Exception {
        try (RedisCluster cluster = RedisCluster.start(RedisOptions.inMemory())) {
            assertThat(cluster.servers()).hasSize(6);
            assertThat(cluster.primaries()).hasSize(3);
            RedisServer primary = cluster.primaryOf("{number}");
            try (RedisLine line = primary.line()) {
                line.ask("SET", "{number}", "value");
                assertThat(line.ask("WAIT", "1", "10000")).isEqualTo(1L);
            }

            RedisServer promoted = cluster.killAndAwaitPromotion(primary);

            assertThat(cluster.primaryOf("{number}")).isEqualTo(promoted);
            assertThat(promoted.ask("GET", "{number}")).isEqualTo("value");

            primary.startAgain();
            cluster.awaitOk();
            assertThat(cluster.replicaOf(promoted)).contains(primary);
        }
    }
}
