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
import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.keys.Keys;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.redis.Slots;
import assent.server.store.Activation;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.server.support.TestCluster;
import assent.sim.redis.RedisCluster;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/// A Redis Cluster whose slots move to other nodes, and whose primaries are replaced, loses nothing that was
/// acknowledged.
class ChangingClusterTest {
    private static final Servers<RedisCluster> CLUSTER = new Servers<>();
    private static final DeviceId SENDER = DeviceId.random();

    private final Keys keys = Keys.ephemeral();

    @BeforeAll
    static void startCluster() throws InterruptedException {
        CLUSTER.started(RedisCluster.start(RedisOptions.inMemory().with("cluster-require-full-coverage", "no")));
    }

    @AfterAll
    static void stopCluster() {
        CLUSTER.stop();
    }

    @BeforeEach
    void empty() {
        redis().primaries().forEach(primary -> primary.ask("FLUSHALL"));
    }

    private static RedisCluster redis() {
        return CLUSTER.get();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /// One that binary keys go over, too.
    private static Object ask(RedisServer server, byte[]... words) {
        try (var connection = new Connection(server.host(), server.port())) {
            connection.sendCommand(
                    Command.valueOf(new String(words[0], StandardCharsets.US_ASCII)),
                    Arrays.copyOfRange(words, 1, words.length));
            return connection.getOne();
        }
    }

    private static List<byte[]> keysAt(RedisServer server, String pattern) {
        return ((List<?>) ask(server, bytes("KEYS"), bytes(pattern)))
                .stream().map(key -> (byte[]) key).toList();
    }

    /// A slot on its way from one primary to another.
    private record Move(int slot, RedisServer from, RedisServer to) {
        static Move of(byte[] key) {
            String text = new String(key, StandardCharsets.ISO_8859_1);
            RedisServer from = redis().primaryOf(text.substring(text.indexOf('{'), text.indexOf('}') + 1));
            RedisServer to = redis().primaries().stream()
                    .filter(server -> server != from)
                    .findFirst()
                    .orElseThrow();
            return new Move(Slots.of(key), from, to);
        }

        void begin() {
            setSlot(to, "IMPORTING", from);
            setSlot(from, "MIGRATING", to);
        }

        private void setSlot(RedisServer at, String state, RedisServer other) {
            at.ask(
                    "CLUSTER",
                    "SETSLOT",
                    Integer.toString(slot),
                    state,
                    other.ask("CLUSTER", "MYID").toString());
        }

        void moveKeys() {
            List<byte[]> words = new ArrayList<>();
            for (String word : List.of("MIGRATE", to.host(), Integer.toString(to.port()), "", "0", "5000", "KEYS")) {
                words.add(bytes(word));
            }
            ((List<?>) ask(from, bytes("CLUSTER"), bytes("GETKEYSINSLOT"), bytes(Integer.toString(slot)), bytes("100")))
                    .forEach(key -> words.add((byte[]) key));
            assertThat(ask(from, words.toArray(byte[][]::new))).isEqualTo(bytes("OK"));
        }

        void end() {
            setSlot(to, "NODE", to);
            setSlot(from, "NODE", to);
        }
    }

    private static RedisSettings settings() {
        return RedisSettings.of(
                redis().addresses().stream().map(RedisAddress::parse).toList(), true);
    }

    @Test
    void whileANumbersSlotMovesItsTextsAreRefusedOrKeptAndNoneIsLost() throws Exception {
        try (var link = RedisLink.open(settings());
                Store store = RedisStore.open(link, keys, RedisStoreConfig.defaults(), Suspension.NONE, () -> NOW)) {
            Activation anna = activate(store, ANNA);
            DeviceId mailbox = anna.deviceId();
            apply(store, text(ANNA, BEN, SENDER, "before"));
            Write.Append meanwhile = text(ANNA, BEN, SENDER, "meanwhile");
            Move move = Move.of(new RedisKeys.Of(keys.macOf(ANNA).toArray()).a);

            move.begin();
            assertThatThrownBy(() -> apply(store, meanwhile))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("moves slots");
            assertThat(texts(store, mailbox)).containsExactly("before");

            move.moveKeys(); // they are where their slot is not yet
            assertThat(store.activation(mailbox)).isPresent();
            assertThat(texts(store, mailbox)).containsExactly("before");
            assertThatThrownBy(() -> apply(store, meanwhile)).isInstanceOf(StoreException.class);

            move.end();
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isKept(store, meanwhile));
            assertThat(texts(store, mailbox)).containsExactly("before", "meanwhile");
        }
    }

    private static boolean isKept(Store store, Write.Append append) {
        try {
            return apply(store, append) instanceof Write.Appended;
        } catch (StoreException e) {
            return false;
        }
    }

    @Test
    void whenAPrimaryIsReplacedEverySessionLooksWhetherItsSeatIsStillThere(@TempDir Path folder) throws Exception {
        var options = Map.of("store.redis.nodes", String.join(",", redis().addresses()), "store.redis.mode", "CLUSTER");
        try (var cluster = TestCluster.start(folder, 2, options);
                var anna = cluster.rawPhone(0);
                var ben = cluster.rawPhone(1)) {
            anna.activate();
            ben.activate();
            giveSeatAway(ben.deviceId()); // as a replica has it that did not hear of ben's sign-in here
            anna.text(ben.number, "nobody is told");
            assertThat(anna.result().outcome()).isEqualTo(Outcome.QUEUED);
            assertThat(ben.hasNothingMore()).isTrue();

            RedisServer replaced = redis().primaries().stream()
                    .filter(primary -> keysAt(primary, "letters:*").isEmpty())
                    .findFirst()
                    .orElseThrow(); // so that no gateway has to connect anew to read its letters
            redis().killAndAwaitPromotion(replaced);

            assertThat(ben.peer().skipTo(GatewayFrame.Goodbye.class).reason()).isEqualTo(Reason.SESSION_TAKEN_OVER);
            Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
                ben.comeBack();
                return true;
            });
            assertThat(ben.delivery().body().toUtf8()).isEqualTo("nobody is told");
            replaced.startAgain();
            redis().awaitOk();
        }
    }

    private static void giveSeatAway(DeviceId device) {
        byte[] another = new byte[16];
        another[0] = 1;
        for (RedisServer primary : redis().primaries()) {
            for (byte[] seat : keysAt(primary, "t{*")) {
                if (ask(primary, bytes("HGET"), seat, bytes("d")) instanceof byte[] has
                        && Arrays.equals(has, device.toArray())) {
                    ask(primary, bytes("HSET"), seat, bytes("g"), another);
                }
            }
        }
    }
}
