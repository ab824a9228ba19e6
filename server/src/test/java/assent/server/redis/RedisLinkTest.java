package assent.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol;

/// What the link does, and what it refuses before anything is entrusted to it.
class RedisLinkTest {
    private static final byte[] KEY = bytes("a{1}key");
    private static final Script APPEND = Script.of("return redis.call('APPEND', KEYS[1], ARGV[1])");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RedisSettings at(TestRedis redis) {
        return RedisSettings.of(List.of(redis.address()), false);
    }

    @Test
    void whatAPipelineWritesIsReadInTheOrderOfWriting() throws Exception {
        try (var redis = TestRedis.start();
                var link = RedisLink.open(at(redis));
                var writer = link.writer(List.of(APPEND))) {
            var replies = writer.runConfirmed(List.of(
                    APPEND.on(new byte[][] {KEY}, bytes("one ")),
                    APPEND.on(new byte[][] {KEY}, bytes("two ")),
                    APPEND.on(new byte[][] {KEY}, bytes("three"))));

            assertThat(replies).containsExactly(4L, 8L, 13L);
            assertThat((byte[]) link.read(List.of(Command.of(Command.Name.GET, KEY, KEY)))
                            .getFirst())
                    .isEqualTo(bytes("one two three"));
        }
    }

    @Test
    void aScriptThatTheNodeForgotIsGivenToItAgain() throws Exception {
        try (var redis = TestRedis.start();
                var link = RedisLink.open(at(redis));
                var writer = link.writer(List.of(APPEND));
                var other = link.dedicated(KEY)) {
            writer.run(List.of(APPEND.on(new byte[][] {KEY}, bytes("a"))));
            other.run(new Command(KEY, Protocol.Command.SCRIPT, new byte[][] {bytes("FLUSH")}), Duration.ZERO);

            assertThat(writer.run(List.of(
                            APPEND.on(new byte[][] {KEY}, bytes("b")), APPEND.on(new byte[][] {KEY}, bytes("c")))))
                    .containsExactly(2L, 3L);
        }
    }

    @Test
    void aRefusedCommandFailsItsRunWithoutNamingValues() throws Exception {
        try (var redis = TestRedis.start();
                var link = RedisLink.open(at(redis));
                var writer = link.writer(List.of())) {
            writer.run(List.of(Command.of(Command.Name.SET, KEY, KEY, bytes("secret body"))));

            assertThatThrownBy(() -> writer.run(List.of(Command.of(Command.Name.HGET, KEY, KEY, bytes("f")))))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("WRONGTYPE")
                    .hasMessageNotContaining("secret");
            assertThat(writer.run(List.of(Command.of(Command.Name.DEL, KEY, KEY))))
                    .containsExactly(1L);
        }
    }

    @Test
    void aServerThatWouldDropWhatIsStoredIsRefused() throws Exception {
        try (var redis = TestRedis.start("--maxmemory-policy", "allkeys-lru")) {
            assertThatThrownBy(() -> RedisLink.open(at(redis)))
                    .isInstanceOf(RedisException.class)
                    .hasMessageContaining("allkeys-lru")
                    .hasMessageContaining("CONFIG SET maxmemory-policy noeviction");
        }
    }

    @Test
    void aClusterIsNotTakenForAPrimaryNorAPrimaryForACluster() throws Exception {
        try (var single = TestRedis.start();
                var node = TestRedis.start("--cluster-enabled", "yes")) {
            assertThatThrownBy(() -> RedisLink.open(at(node))).hasMessageContaining("node of a Redis Cluster");
            assertThatThrownBy(() -> RedisLink.open(RedisSettings.of(List.of(single.address()), true)))
                    .hasMessageContaining("is no node of a Redis Cluster");
        }
    }

    @Test
    void moreReplicasThanThereAreAreRefusedAtTheStart() throws Exception {
        try (var redis = TestRedis.start()) {
            assertThatThrownBy(() -> RedisLink.open(at(redis).withReplicasRequired(1, Duration.ofSeconds(1))))
                    .hasMessageContaining("replicas-required is 1, but a primary has 0");
        }
    }

    @Test
    void withoutAReplicaNoneHasToConfirm() throws Exception {
        try (var redis = TestRedis.start();
                var link = RedisLink.open(at(redis))) {
            assertThat(link.replicasRequired()).isZero();
        }
    }

    @Test
    void aPasswordIsNeededWhereRedisWantsOneAndNobodyPrintsIt() throws Exception {
        try (var redis = TestRedis.start("--requirepass", "hunter2")) {
            var wrong = at(redis).withLogin(new RedisSettings.Login(Optional.empty(), new RedisPassword("hunter3")));
            var right = at(redis).withLogin(new RedisSettings.Login(Optional.empty(), new RedisPassword("hunter2")));

            assertThatThrownBy(() -> RedisLink.open(wrong))
                    .hasMessageContaining("password")
                    .hasMessageNotContaining("hunter");
            RedisLink.open(right).close();
            assertThat(right.toString()).doesNotContain("hunter");
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        RedisAddress gone;
        try (var redis = TestRedis.start()) {
            gone = redis.address();
        }
        assertThatThrownBy(() -> RedisLink.open(RedisSettings.of(List.of(gone), false)))
                .isInstanceOf(RedisException.class)
                .hasMessageContaining(gone.toString());
    }

    @Test
    void readersComeBackWhenTheServerDoes() throws Exception {
        try (var redis = TestRedis.start();
                var link = RedisLink.open(at(redis));
                var other = link.dedicated(KEY)) {
            link.read(List.of(Command.of(Command.Name.GET, KEY, KEY)));
            other.run(
                    new Command(
                            KEY, Protocol.Command.CLIENT, new byte[][] {bytes("KILL"), bytes("TYPE"), bytes("normal")}),
                    Duration.ZERO);

            assertThat(link.read(List.of(Command.of(Command.Name.GET, KEY, KEY))))
                    .hasSize(1);
        }
    }
}
