package assent.server.store.redis;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.server.store.copy.Everything;
import assent.server.store.copy.Kind;
import assent.server.store.copy.RestingStore;
import assent.server.store.copy.StoreCopy;
import assent.server.store.rocks.RocksAtRest;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A gateway's embedded store moves to Redis, and back.
class RedisCopyTest {
    private static final int TEXTS = 12;
    private static final EnumSet<Kind> COPIED = EnumSet.complementOf(EnumSet.of(Kind.FALL_BACK));

    @TempDir
    private Path temp = Path.of("");

    private final Keys keys = Keys.ephemeral();
    private DeviceId anna = DeviceId.random();

    @BeforeEach
    void aStoreWithEverything() throws StoreException {
        try (Store store = rocks("source")) {
            anna = Everything.fill(store, TEXTS);
        }
    }

    private Store rocks(String folder) throws StoreException {
        return RocksStore.open(temp.resolve(folder), keys, RocksConfig.DEFAULTS);
    }

    private static RedisSettings settings(RedisServer server) {
        return RedisSettings.of(List.of(RedisAddress.parse(server.address())), false);
    }

    private RestingStore target(RedisSettings settings) throws Exception {
        return RedisAtRest.target("redis://the-test's", RedisLink.openForTool(settings), keys);
    }

    private StoreCopy.Result copy(RestingStore source, RestingStore target) throws StoreException {
        return new StoreCopy(source, target, keys, Clock.fixed(NOW, ZoneOffset.UTC), (_, _, _) -> {}).run();
    }

    private StoreCopy.Result there(RedisSettings settings) throws Exception {
        try (RestingStore source = RocksAtRest.source(temp.resolve("source"), keys);
                RestingStore target = target(settings)) {
            return copy(source, target);
        }
    }

    private StoreCopy.Result back(RedisSettings settings) throws Exception {
        try (RestingStore source = RedisAtRest.source("redis://the-test's", RedisLink.openForTool(settings), keys);
                RestingStore target = RocksAtRest.target(temp.resolve("back"), keys)) {
            return copy(source, target);
        }
    }

    @Test
    void thereAndBackIsTheSame() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.inMemory())) {
            StoreCopy.Result there = there(settings(redis));
            StoreCopy.Result back = back(settings(redis));

            assertThat(there.rows().keySet()).isEqualTo(COPIED);
            assertThat(back).isEqualTo(there);
        }
    }

    @Test
    void aClusterHoldsItToo() throws Exception {
        try (RedisCluster redis = RedisCluster.start(RedisOptions.inMemory())) {
            var nodes = redis.addresses().stream().map(RedisAddress::parse).toList();
            var settings = RedisSettings.of(nodes, true);

            StoreCopy.Result there = there(settings);

            assertThat(there.rows().keySet()).isEqualTo(COPIED);
            assertThat(back(settings)).isEqualTo(there);
        }
    }

    @Test
    void aGatewayGoesOnWhereTheOtherStopped() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.inMemory())) {
            Write.Append waiting = text(ANNA, BEN, DeviceId.random(), "waits meanwhile");
            List<String> before;
            try (Store store = rocks("source")) {
                apply(store, waiting);
                before = texts(store, anna);
            }
            there(settings(redis));

            try (RedisLink link = RedisLink.open(settings(redis));
                    Store store = RedisStore.open(
                            link, keys, RedisStoreConfig.defaults(), Suspension.NONE, InstantSource.system())) {
                assertThat(texts(store, anna)).isEqualTo(before);
                assertThat(((Write.Appended) apply(store, waiting)).state().isDelivered())
                        .as("it is known")
                        .isFalse();
                var newer = (Write.Appended) apply(store, text(ANNA, BEN, DeviceId.random(), "comes after"));
                assertThat(texts(store, anna)).endsWith("comes after").hasSize(before.size() + 1);
                apply(store, new Write.Remove(anna, List.of(newer.sequence())));
                assertThat(texts(store, anna)).isEqualTo(before);
                assertThat(store.activation(anna)).isPresent();
                assertThat(store.consent(store.activation(anna).orElseThrow().consentId()))
                        .isPresent();
                assertThat(apply(store, new Write.Sweep(NOW.plus(Duration.ofDays(2)), 10_000)))
                        .as("what was copied expires")
                        .isNotEqualTo(new Write.Swept(0));
                assertThat(apply(store, new Write.Withdraw(anna))).isInstanceOf(Write.Erased.class);
            }
        }
    }

    @Test
    void aCopyThatIsKilledWithItsPrimaryGoesOn() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.onDisk())) {
            try (RestingStore source = RocksAtRest.source(temp.resolve("source"), keys);
                    RestingStore target = target(settings(redis))) {
                var copy = new StoreCopy(
                        source, target, keys, Clock.fixed(NOW, ZoneOffset.UTC), (step, done, _) -> kill(redis, done));
                assertThatThrownBy(copy::run).isInstanceOf(StoreException.class);
            }
            redis.startAgain();
            try (RedisLink link = RedisLink.open(settings(redis))) {
                assertThatThrownBy(() -> RedisStore.open(
                                link, keys, RedisStoreConfig.defaults(), Suspension.NONE, InstantSource.system()))
                        .hasMessageContaining("not finished");
            }

            StoreCopy.Result result = there(settings(redis));

            assertThat(result.wasResumed()).isTrue();
            assertThat(result.rows().keySet()).isEqualTo(COPIED);
        }
    }

    private static void kill(RedisServer redis, long done) {
        try {
            if (done > 0) {
                redis.kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aRedisThatHoldsSomethingElseIsNotTouched() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.inMemory())) {
            redis.ask("SET", "somebody's", "own");

            assertThatThrownBy(() -> there(settings(redis))).hasMessageContaining("is not empty");

            assertThat(redis.ask("DBSIZE")).isEqualTo(1L);
        }
    }

    @Test
    void aStoreThatAGatewayUsesIsRefused() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.inMemory());
                RedisLink link = RedisLink.open(settings(redis));
                Store running = RedisStore.open(
                        link, keys, RedisStoreConfig.defaults(), Suspension.NONE, InstantSource.system())) {
            assertThat(running.generation()).isPositive();
            assertThatThrownBy(() -> back(settings(redis))).hasMessageContaining("stop all gateways");
            assertThatThrownBy(() -> there(settings(redis))).hasMessageContaining("stop all gateways");
        }
    }

    @Test
    void aStoreOfOtherKeysIsRefused() throws Exception {
        try (RedisServer redis = RedisServer.start(RedisOptions.inMemory())) {
            there(settings(redis));

            assertThatThrownBy(() -> RedisAtRest.target(
                            "redis://the-test's", RedisLink.openForTool(settings(redis)), Keys.ephemeral()))
                    .hasMessageContaining("other keys");
        }
    }
}
