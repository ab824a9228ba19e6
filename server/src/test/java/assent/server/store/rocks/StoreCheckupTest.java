package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A store is read as a whole and not changed.
class StoreCheckupTest {
    @TempDir
    private Path folder = Path.of("");

    private final Keys keys = Keys.ephemeral();

    private RocksStore filled() throws StoreException {
        RocksStore store = RocksStore.open(folder, keys, RocksConfig.DEFAULTS);
        activate(store, ANNA);
        for (int i = 0; i < 100; i++) {
            apply(store, text(ANNA, BEN, DeviceId.random(), "text " + i));
        }
        return store;
    }

    @Test
    void aClosedStoreIsReadAndNoByteOfItChanges() throws Exception {
        filled().close();
        RocksStore.open(folder, keys, RocksConfig.DEFAULTS).close(); // what the log held goes into tables
        Map<String, byte[]> before = files();

        assertThat(StoreCheckup.look(folder).tableFiles()).isPositive();

        Map<String, byte[]> after = files();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
    }

    @Test
    void aStoreIsReadBesideTheGatewayThatHasItOpen() throws Exception {
        try (RocksStore store = filled()) {
            assertThat(StoreCheckup.look(folder).bytes()).isNotNegative();
            apply(store, text(ANNA, BEN, DeviceId.random(), "one more"));
        }
    }

    @Test
    void aBitThatFlippedIsFoundWhetherTheStoreWasClosedOrNot() throws Exception {
        filled().close();
        RocksStore.open(folder, keys, RocksConfig.DEFAULTS).close();
        Path table = biggestTable();
        byte[] bytes = Files.readAllBytes(table);
        bytes[bytes.length / 4] ^= 1;
        Files.write(table, bytes);

        assertThatThrownBy(() -> StoreCheckup.look(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining(table.getFileName().toString());
        Files.delete(folder.resolve("CLOSED"));
        assertThatThrownBy(() -> StoreCheckup.look(folder))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("damaged");
    }

    private Path biggestTable() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".sst"))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
