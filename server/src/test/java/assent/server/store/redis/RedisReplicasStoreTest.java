package assent.server.store.redis;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
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
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisReplicas;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/// Nothing counts that only the primary has.
class RedisReplicasStoreTest {
    private static final DeviceId SENDER = DeviceId.random();

    private final Keys keys = Keys.ephemeral();

    private static RedisSettings settings(RedisReplicas redis) {
        List<RedisAddress> nodes = redis.servers().stream()
                .map(server -> RedisAddress.parse(server.address()))
                .toList();
        return RedisSettings.of(nodes, false).withReplicasRequired(1, Duration.ofSeconds(2));
    }

    private Store open(RedisLink link) throws StoreException {
        return RedisStore.open(link, keys, RedisStoreConfig.defaults(), Suspension.NONE, () -> NOW);
    }

    @Test
    void aStepThatNoReplicaHasIsRefusedAndTheNextIsKeptOnceOneIsBack() throws Exception {
        try (var redis = RedisReplicas.start(RedisOptions.inMemory(), 1);
                var link = RedisLink.open(settings(redis));
                var store = open(link)) {
            DeviceId anna = activate(store, ANNA).deviceId();
            RedisServer replica = redis.replicas().getFirst();

            replica.pause();
            assertThatThrownBy(() -> apply(store, text(ANNA, BEN, SENDER, "refused")))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("Only 0 of 1 replicas");
            replica.resume();

            Write.Append again = text(ANNA, BEN, SENDER, "kept");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isKept(store, again));
            assertThat(texts(store, anna)).contains("kept");
        }
    }

    @Test
    void whatWasAcknowledgedOutlivesThePrimaryAndWritersFindTheReplicaThatTookItsPlace() throws Exception {
        try (var redis = RedisReplicas.start(RedisOptions.inMemory(), 2);
                var link = RedisLink.open(settings(redis));
                var store = open(link)) {
            DeviceId anna = activate(store, ANNA).deviceId();
            List<String> acknowledged = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                acknowledged.add("text " + i);
                apply(store, text(ANNA, BEN, SENDER, acknowledged.getLast()));
            }

            redis.primary().kill();
            assertThatThrownBy(() -> apply(store, text(ANNA, BEN, SENDER, "refused")))
                    .isInstanceOf(StoreException.class);
            redis.promote();

            Write.Append after = text(ANNA, BEN, SENDER, "after");
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isKept(store, after));
            acknowledged.add("after");
            assertThat(texts(store, anna)).isEqualTo(acknowledged);
        }
    }

    private static boolean isKept(Store store, Write.Append append) {
        try {
            return apply(store, append) instanceof Write.Appended;
        } catch (StoreException e) {
            return false;
        }
    }
}
