package assent.server.store;

import assent.server.keys.Keys;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A real store in a folder that goes with it; for tests that need one and do not care which.
public final class TestStores implements AutoCloseable {
    private final Path folder;
    private final Keys keys = Keys.ephemeral();
    private final Store store;

    private TestStores(Path folder, RocksConfig config) throws StoreException {
        this.folder = folder;
        this.store = RocksStore.open(folder.resolve("store"), keys, config);
    }

    public static TestStores open() {
        return open(RocksConfig.DEFAULTS);
    }

    public static TestStores open(RocksConfig config) {
        try {
            return new TestStores(Files.createTempDirectory("assent-store"), config);
        } catch (IOException | StoreException e) {
            throw new IllegalStateException("no store for the test", e);
        }
    }

    public Store store() {
        return store;
    }

    public Keys keys() {
        return keys;
    }

    @Override
    public void close() {
        store.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
