package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bit that flips in a file of a closed store is found, at opening or at reading; what is read is
/// never something else than what was written.
class RocksDamageTest {
    private static final long SEED = 20_261_122;
    private static final int FLIPS = 40;
    private static final List<String> TEXTS =
            IntStream.range(0, 300).mapToObj(i -> "text " + i).toList();

    @TempDir
    private Path temp = Path.of("");

    private final Keys keys = Keys.ephemeral();
    private final Random random = new Random(SEED);
    private DeviceId anna = DeviceId.random();

    @BeforeEach
    void fill() throws StoreException {
        try (RocksStore store = open(pristine())) {
            anna = activate(store, ANNA).deviceId();
            for (String text : TEXTS) {
                apply(store, text(ANNA, BEN, DeviceId.random(), text));
            }
        }
    }

    private Path pristine() {
        return temp.resolve("pristine");
    }

    private RocksStore open(Path folder) throws StoreException {
        return RocksStore.open(folder, keys, RocksConfig.DEFAULTS);
    }

    @Test
    void aBitThatFlipsInAClosedStoreIsFoundAtOpening() throws Exception {
        assertThat(readAfterFlipsIn(".log")).containsOnly(Optional.empty());
        open(pristine()).close(); // what the log held goes into tables
        assertThat(readAfterFlipsIn(".sst")).containsOnly(Optional.empty());
    }

    @Test
    void aBitThatFlipsInATableAfterACrashIsNeverReadAsSomethingElse() throws Exception {
        open(pristine()).close(); // what the log held goes into tables
        theClosingNeverHappened();

        List<Optional<List<String>>> read = readAfterFlipsIn(".sst");

        assertThat(read).allSatisfy(seen -> assertThat(seen.orElse(TEXTS)).isEqualTo(TEXTS));
        assertThat(read).filteredOn(Optional::isEmpty).hasSizeGreaterThan(FLIPS * 8 / 10);
    }

    @Test
    void aBitThatFlipsInTheLogAfterACrashIsRefusedOrCostsNoMoreThanItsEnd() throws Exception {
        theClosingNeverHappened();

        List<Optional<List<String>>> read = readAfterFlipsIn(".log");

        assertThat(read)
                .allSatisfy(seen ->
                        assertThat(TEXTS.subList(0, seen.orElse(TEXTS).size())).isEqualTo(seen.orElse(TEXTS)));
        assertThat(read).filteredOn(Optional::isEmpty).hasSizeGreaterThan(FLIPS * 8 / 10);
    }

    private void theClosingNeverHappened() throws IOException {
        Files.delete(pristine().resolve("CLOSED"));
    }

    /// For each flip what was read, or nothing if the damage was found.
    private List<Optional<List<String>>> readAfterFlipsIn(String suffix) throws IOException {
        List<Optional<List<String>>> read = new ArrayList<>();
        for (int i = 0; i < FLIPS; i++) {
            Path copy = copy(suffix + i);
            flip(biggest(copy, suffix));
            try (RocksStore store = open(copy)) {
                read.add(Optional.of(texts(store, anna)));
            } catch (StoreException e) {
                assertThat(e).hasMessageContaining(copy.toString());
                read.add(Optional.empty());
            }
        }
        return read;
    }

    private Path copy(String number) throws IOException {
        Path copy = Files.createDirectory(temp.resolve("copy-" + number));
        try (Stream<Path> files = Files.list(pristine())) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }

    private static Path biggest(Path folder, String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix))
                    .max((a, b) -> Long.compare(a.toFile().length(), b.toFile().length()))
                    .orElseThrow();
        }
    }

    private void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        Files.write(file, bytes);
    }
}
