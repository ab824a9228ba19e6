package assent.device;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A folder of its own for each test.
abstract class FolderTestBase {
    final ExecutorService journals = Executors.newSingleThreadExecutor();

    @TempDir
    Path parent;

    @AfterEach
    void stopJournals() {
        journals.close();
    }

    Path folder() {
        return parent.resolve("device");
    }

    DeviceFolder open() {
        return DeviceFolder.open(folder(), journals);
    }

    static void close(DeviceStore store) {
        store.close().toCompletableFuture().join();
    }

    Path journal() {
        return folder().resolve("journal");
    }
}
