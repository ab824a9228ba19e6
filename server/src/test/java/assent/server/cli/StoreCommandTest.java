package assent.server.cli;

import static assent.server.store.Fixtures.ANNA;
import static org.assertj.core.api.Assertions.assertThat;

import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.store.Fixtures;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.copy.RestingStore;
import assent.server.store.rocks.RocksAtRest;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What `gateway store copy` does for an operator.
class StoreCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    @BeforeEach
    void aGatewayThatHasRun() throws Exception {
        line = new CommandLineFixture(folder);
        line.stores = (address, _, keys, _) -> address instanceof StoreAddress.Rocks(Path data)
                ? RocksAtRest.target(data.resolve("store"), keys)
                : failing(address);
        Keys keys = KeyFile.open(folder.resolve("keys"), true);
        try (Store store = RocksStore.open(folder.resolve("from/store"), keys, RocksConfig.DEFAULTS)) {
            Fixtures.activate(store, ANNA);
        }
    }

    private static RestingStore failing(StoreAddress address) throws StoreException {
        throw new StoreException("there is no store at " + address);
    }

    private int copy(String from, String to, String... more) {
        String[] args = {
            "store", "copy", "--data-key-file", folder.resolve("keys").toString(), "--from", from, "--to", to
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return line.run(all);
    }

    private String rocks(String name) {
        return "rocks:" + folder.resolve(name);
    }

    @Test
    void aStoreIsCopiedAndWhatBothHoldIsSaid() {
        assertThat(copy(rocks("from"), rocks("to"), "-o", "json")).isZero();

        var answer = JsonMapper.shared().readTree(line.out.toString());
        assertThat(answer.get("same").asBoolean()).isTrue();
        assertThat(answer.at("/rows/activation").asInt()).isEqualTo(1);
        assertThat(answer.get("digest").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void forPeopleItIsATable() {
        assertThat(copy(rocks("from"), rocks("to"))).isZero();
        assertThat(line.out.toString()).containsPattern("activation +1").contains("Both stores hold the same.");
    }

    @Test
    void aStoreThatCannotBeUsedIsAFailureInOneSentence() {
        assertThat(copy(rocks("from"), rocks("to"))).isZero();
        assertThat(copy(rocks("another"), rocks("to"))).isEqualTo(1);
        assertThat(line.err.toString()).contains("gateway: ").contains("copy of another store");
    }

    @Test
    void whatIsNoStoreIsRefusedWithTheFormsThatAre() {
        assertThat(copy("/var/lib/assent", rocks("to"))).isEqualTo(2);
        assertThat(line.err.toString()).contains("--from").contains("expected rocks:FOLDER");
        assertThat(copy(rocks("from"), rocks("from"))).isEqualTo(2);
        assertThat(line.err.toString()).contains("expected two stores");
    }

    @Test
    void aPasswordInAnAddressIsRefusedAndNotRepeated() {
        assertThat(copy(rocks("from"), "redis://assent:secret@127.0.0.1:6379")).isEqualTo(2);
        assertThat(line.err.toString())
                .contains("do not belong into an address")
                .doesNotContain("secret");
    }

    @Test
    void aRedisIsNamedByItsNodes() {
        assertThat(StoreAddress.parse("rediss://10.0.0.5:6379,[::1]:6380"))
                .isEqualTo(new StoreAddress.Redis(java.util.List.of("10.0.0.5:6379", "[::1]:6380"), true));
    }
}
