package assent.server.support;

import assent.server.store.Backups.Backup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Backups, as an operator makes them and puts them back.
public final class Backups {
    private Backups() {}

    public static Backup make(TestGateway gateway) throws Exception {
        return gateway.gateway().desk().backups().begin().get(30, TimeUnit.SECONDS);
    }

    /// In place of a store that no gateway has open.
    public static void putBack(Path backup, Path store) throws IOException {
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        try (Stream<Path> files = Files.list(backup)) {
            for (Path file : files.toList()) {
                Files.copy(file, store.resolve(file.getFileName()));
            }
        }
    }
}
