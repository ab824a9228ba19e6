package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import assent.sim.process.Undertaker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// What servers that belong together share: a temporary folder, which is theirs alone, the word that marks
/// their processes, and the password of the fixture's own user. Thread-safe; printing hides the password.
final class RedisRun implements AutoCloseable {
    /// Of a server's environment.
    static final String VARIABLE = "ASSENT_REDIS_RUN";

    private final Path folder;
    private final String word;
    private final String password;
    private final Undertaker undertaker;
    private final AtomicInteger servers = new AtomicInteger();

    private RedisRun(Path folder, String word) {
        this.folder = folder;
        this.word = word;
        this.password = UUID.randomUUID().toString();
        this.undertaker = Undertaker.watch(VARIABLE, word, folder);
    }

    static RedisRun open() {
        try {
            return new RedisRun(
                    Files.createTempDirectory("assent-redis-"),
                    UUID.randomUUID().toString());
        } catch (IOException e) {
            throw new ProcessFailure("no temporary folder could be made for Redis: " + e, e);
        }
    }

    /// A folder for one more server.
    Path serverFolder() {
        try {
            return Files.createDirectory(folder.resolve("server-" + servers.incrementAndGet()));
        } catch (IOException e) {
            throw new ProcessFailure("no folder could be made for a Redis server: " + e, e);
        }
    }

    Path binary(RedisOptions options) {
        return options.binary().orElseGet(() -> RedisBinary.find(folder));
    }

    String word() {
        return word;
    }

    String password() {
        return password;
    }

    /// Removes the folder; servers that still run are killed.
    @Override
    public void close() {
        undertaker.close();
        if (Files.exists(folder)) { // where there is no shell that does it
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException | UncheckedIOException e) {
                // The system clears its temporary folder sooner or later.
            }
        }
    }

    @Override
    public String toString() {
        return "RedisRun[" + folder + "]";
    }
}
