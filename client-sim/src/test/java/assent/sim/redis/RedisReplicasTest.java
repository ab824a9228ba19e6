package assent.sim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// A primary and its replicas.
class RedisReplicasTest {
    @Test
    void whatReplicasHaveConfirmedIsThereAfterOneIsPromoted() throws Exception {
        try (RedisReplicas redis = RedisReplicas.start(RedisOptions.inMemory(), 2)) {
            RedisServer old = redis.primary();
            try (RedisLine line = old.line()) {
                line.ask("SET", "key", "value");
                assertThat(line.ask("WAIT", "2", "10000")).isEqualTo(2L);
            }

            old.kill();
            RedisServer promoted = redis.promote();

            assertThat(promoted).isNotEqualTo(old);
            assertThat(promoted.isPrimary()).isTrue();
            assertThat(promoted.ask("GET", "key")).isEqualTo("value");
            redis.awaitInStep();
            promoted.ask("SET", "key", "newer");

            redis.startAgainAsReplica(old);
            assertThat(old.isPrimary()).isFalse();
            assertThat(old.ask("GET", "key")).isEqualTo("newer");
        }
    }
}
