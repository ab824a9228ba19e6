package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Which `redis-server` is started: the one on the path, else one that the class path carries. Stateless.
public final class RedisBinary {
    private static final String NAME = "redis-server";

    /// The releases that the artifact `embedded-redis` carries; which depends on the system.
    private static final List<String> CARRIED = List.of("6.2.6-v5", "6.2.7");

    private RedisBinary() {}

    /// @param folder where the carried one is unpacked, if there is none on the path
    static Path find(Path folder) {
        return onPath().or(() -> carried(folder))
                .orElseThrow(() -> new ProcessFailure("there is no redis-server on PATH (" + System.getenv("PATH")
                        + "), and the class path carries none for " + system() + ". Install Redis 6.2 or newer,"
                        + " such as the Debian package redis-server"));
    }

    private static Optional<Path> onPath() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, NAME))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The one that the class path carries.
    ///
    /// @param folder where it is unpacked
    public static Optional<Path> carried(Path folder) {
        for (String release : CARRIED) {
            String resource = "/" + NAME + "-" + release + "-" + system();
            try (InputStream binary = RedisBinary.class.getResourceAsStream(resource)) {
                if (binary != null) {
                    return Optional.of(unpack(binary, folder.resolve(NAME)));
                }
            } catch (IOException e) {
                throw new ProcessFailure("redis-server could not be unpacked into " + folder + ": " + e, e);
            }
        }
        return Optional.empty();
    }

    private static Path unpack(InputStream binary, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.copy(binary, to);
            if (!to.toFile().setExecutable(true, true)) {
                throw new IOException(to + " cannot be made executable");
            }
        }
        return to;
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = switch (System.getProperty("os.arch")) {
            case "amd64", "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> System.getProperty("os.arch");
        };
        return (name.startsWith("mac") ? "darwin" : name) + "-" + processor;
    }
}
