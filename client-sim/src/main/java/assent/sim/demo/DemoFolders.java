package assent.sim.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// Where the demo's parts keep things: the gateway's data folder, and a folder of the phones, which
/// know their own numbers and therefore never share the gateway's. Thread-safe.
public final class DemoFolders implements AutoCloseable {
    private final Path temporary;
    private final Path data;
    private final boolean keepsData;

    private DemoFolders(Path temporary, Path data, boolean keepsData) {
        this.temporary = temporary;
        this.data = data;
        this.keepsData = keepsData;
    }

    /// @param wanted the gateway's data folder, which is kept; made if it does not exist
    /// @param keep whether a fresh one is kept too
    public static DemoFolders open(Optional<Path> wanted, boolean keep) {
        try {
            Path temporary = Files.createTempDirectory("assent-demo-");
            if (wanted.isPresent()) {
                return new DemoFolders(
                        temporary, Files.createDirectories(wanted.get().toAbsolutePath()), true);
            }
            Path data = keep ? Files.createTempDirectory("assent-demo-data-") : temporary.resolve("gateway");
            return new DemoFolders(temporary, Files.createDirectories(data), keep);
        } catch (IOException e) {
            throw new DemoFailure(
                    "no folder for the gateway's data could be made: " + e + ". Name another one with --data", e);
        }
    }

    /// The gateway's data folder.
    public Path data() {
        return data;
    }

    /// The data folder, if it is there after the demo.
    Optional<Path> kept() {
        return keepsData ? Optional.of(data) : Optional.empty();
    }

    Path phone(int which) {
        return temporary.resolve("phone-" + which);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(temporary)) {
            all.sorted(Comparator.reverseOrder()).forEach(DemoFolders::delete);
        } catch (IOException | UncheckedIOException e) {
            // The system clears its temporary folder sooner or later.
        }
    }

    private static void delete(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
