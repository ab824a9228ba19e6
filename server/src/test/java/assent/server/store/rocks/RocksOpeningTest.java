package assent.server.store.rocks;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceId;
import assent.server.keys.KeyFile;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the way of opening the embedded store, and what a crash leaves.
class RocksOpeningTest {
    @TempDir
    private Path temp = Path.of("");

    private final Keys keys = Keys.ephemeral();

    private Path folder() {
        return temp.resolve("store");
    }

    private RocksStore open(Keys keys) throws StoreException {
        return RocksStore.open(folder(), keys, RocksConfig.DEFAULTS);
    }

    @Test
    void theWrongKeyFileIsRefusedAndTheRightOneStillFits() throws StoreException {
        open(keys).close();

        assertThatThrownBy(() -> open(Keys.ephemeral()))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("key file does not fit")
                .hasMessageContaining(folder().toString());

        open(keys).close();
    }

    @Test
    void aSecondOpenerIsRefusedAndTheFirstGoesOn() throws Exception {
        try (RocksStore first = open(keys)) {
            assertThatThrownBy(() -> open(keys))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("in use by another process")
                    .hasMessageContaining(folder().toString());

            assertThat(activate(first, ANNA)).isNotNull();
        }
    }

    @Test
    void anotherProcessCannotOpenIt() throws Exception {
        Path keyFile = temp.resolve("keys");
        Keys own = KeyFile.open(keyFile, true);
        try (RocksStore first = open(own)) {
            int exit = child(DyingWriter.class, keyFile, folder()).waitFor();

            assertThat(exit).isEqualTo(DyingWriter.CANNOT_OPEN);
            assertThat(first.generation()).isEqualTo(1);
        }
    }

    @Test
    void whatWasKeptBeforeAProcessDiedIsThereAfterwards() throws Exception {
        Path keyFile = temp.resolve("keys");
        Keys own = KeyFile.open(keyFile, true);

        int exit = child(DyingWriter.class, keyFile, folder()).waitFor();

        assertThat(exit).isEqualTo(DyingWriter.DIED_WITHOUT_CLOSING);
        try (RocksStore store = open(own)) {
            DeviceId anna = DeviceId.parseHex(Files.readString(temp.resolve("device")));
            assertThat(store.activation(anna)).isPresent();
            assertThat(texts(store, anna)).hasSize(DyingWriter.TEXTS).endsWith("text " + (DyingWriter.TEXTS - 1));
        }
    }

    private static Process child(Class<?> main, Path... arguments) throws IOException {
        Stream<String> command = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName());
        List<String> all =
                Stream.concat(command, Stream.of(arguments).map(Path::toString)).toList();
        return new ProcessBuilder(all).inheritIO().start();
    }

    @Test
    void aFlippedBitInTheLogIsFoundAtOpening() throws Exception {
        try (RocksStore store = open(keys)) {
            activate(store, ANNA);
            for (int i = 0; i < 100; i++) {
                apply(store, text(ANNA, BEN, DeviceId.random(), "text " + i));
            }
        }
        Path log = newestLog();
        byte[] bytes = Files.readAllBytes(log);
        bytes[bytes.length / 2] ^= 1;
        Files.write(log, bytes);

        assertThatThrownBy(() -> open(keys))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("put back a backup");
    }

    @Test
    void aRecordThatACrashCutShortIsNoDamage() throws Exception {
        DeviceId anna;
        Path log;
        long acknowledgedBytes;
        try (RocksStore store = open(keys)) {
            anna = activate(store, ANNA).deviceId();
            apply(store, text(ANNA, BEN, DeviceId.random(), "acknowledged"));
            log = newestLog();
            acknowledgedBytes = Files.size(log);
            apply(store, text(ANNA, BEN, DeviceId.random(), "cut short"));
        }
        theClosingNeverHappened();
        // The eraser's first round may begin a new log, or add a record, at any moment.
        Path last = newestLog();
        keepOnly(last, (last.equals(log) ? acknowledgedBytes : 0) + 9);

        try (RocksStore store = open(keys)) {
            assertThat(texts(store, anna)).containsExactly("acknowledged");
        }
    }

    @Test
    void theSameInAStoreThatWasClosedIsDamage() throws Exception {
        try (RocksStore store = open(keys)) {
            activate(store, ANNA);
            apply(store, text(ANNA, BEN, DeviceId.random(), "acknowledged"));
        }
        cutShort(newestLog());

        assertThatThrownBy(() -> open(keys))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is damaged")
                .hasMessageContaining("is not what it was when the store was closed");
    }

    @Test
    void aFileThatIsMissingFromAClosedStoreIsDamage() throws Exception {
        open(keys).close();
        Files.delete(newestLog());

        assertThatThrownBy(() -> open(keys)).hasMessageContaining("is damaged").hasMessageContaining("is missing");
    }

    @Test
    void aNoteOfTheClosingThatIsItselfDamagedIsNotTrusted() throws Exception {
        open(keys).close();
        cutShort(folder().resolve("CLOSED"));

        assertThatThrownBy(() -> open(keys)).hasMessageContaining("is damaged").hasMessageContaining("CLOSED");
    }

    @Test
    void theNoteOfTheClosingIsGoneWhileTheStoreIsOpen() throws Exception {
        open(keys).close();
        assertThat(folder().resolve("CLOSED")).exists();

        try (RocksStore store = open(keys)) {
            activate(store, ANNA);
            assertThat(folder().resolve("CLOSED")).doesNotExist();
        }
    }

    private void theClosingNeverHappened() throws IOException {
        Files.delete(folder().resolve("CLOSED"));
    }

    private static void keepOnly(Path file, long bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(bytes);
        }
    }

    private static void cutShort(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length - 3));
    }

    private Path newestLog() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    @Test
    void aStoreThatLostItsPointerIsNotBegunAnew() throws Exception {
        open(keys).close();
        Files.delete(folder().resolve("CURRENT"));

        assertThatThrownBy(() -> open(keys))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("CURRENT is missing");
    }

    @Test
    void aStoreTellsWhetherItHoldsData() throws Exception {
        assertThat(RocksStore.holdsData(folder())).isFalse();

        open(keys).close();

        assertThat(RocksStore.holdsData(folder())).isTrue();
    }

    @Test
    void aNewerSchemaIsRefused() throws Exception {
        open(keys).close();
        try (var options = new org.rocksdb.Options();
                var handlesOwner = new Natives()) {
            var names = org.rocksdb.RocksDB.listColumnFamilies(options, folder().toString());
            var handles = new java.util.ArrayList<org.rocksdb.ColumnFamilyHandle>();
            var descriptors =
                    names.stream().map(org.rocksdb.ColumnFamilyDescriptor::new).toList();
            var db = handlesOwner.own(org.rocksdb.RocksDB.open(folder().toString(), descriptors, handles));
            handles.forEach(handlesOwner::own);
            handlesOwner.own(db.createColumnFamily(new org.rocksdb.ColumnFamilyDescriptor(
                    "later".getBytes(java.nio.charset.StandardCharsets.US_ASCII))));
        }

        assertThatThrownBy(() -> open(keys))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("another, probably newer, version")
                .hasMessageContaining("'later'");
    }
}
