package assent.device;

import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A folder keeps the contract of stores.
class DeviceFolderContractTest extends DeviceStoreContract {
    private final ExecutorService journals = Executors.newSingleThreadExecutor();

    @TempDir
    private Path parent;

    @AfterEach
    void stopJournals() {
        journals.close();
    }

    @Override
    DeviceStore create() {
        return DeviceFolder.open(parent.resolve("device"), journals);
    }

    @Override
    DeviceStore reopen(DeviceStore closed) {
        return create();
    }
}
