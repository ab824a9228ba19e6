package assent.load.inside;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Waits until the store merges no more of its files: a gateway that finds work left would do it while it is
/// measured.
final class Calm {
    private static final Duration UNCHANGED = Duration.ofSeconds(5);

    private final Path folder;

    Calm(Path folder) {
        this.folder = folder;
    }

    /// Blocks for five seconds at least.
    void await() throws InterruptedException {
        Set<String> before;
        Set<String> now = files();
        do {
            before = now;
            Thread.sleep(UNCHANGED);
            now = files();
        } while (!now.equals(before));
    }

    private Set<String> files() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sst"))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
