package assent.server.store.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The files of an open store, seen from outside. Confined to the eraser's thread.
final class StoreFolder {
    /// Old files go as soon as the last read that uses them ends; reads are bounded in rows.
    private static final Duration GONE_WITHIN = Duration.ofSeconds(10);

    private static final long LOOK_EVERY_MILLIS = 20;

    private final Path folder;
    private final Database database;

    StoreFolder(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    Set<Path> logsAndManifests() throws IOException {
        return list(name -> name.endsWith(".log") || isManifest(name));
    }

    Set<Path> manifests() throws IOException {
        return list(StoreFolder::isManifest);
    }

    private static boolean isManifest(String name) {
        return name.startsWith("MANIFEST-");
    }

    private Set<Path> list(Predicate<String> names) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> names.test(String.valueOf(file.getFileName())))
                    .collect(Collectors.toSet());
        }
    }

    /// Waits until `old` files and all table files that no version uses any more are gone.
    ///
    /// @throws IOException if they are still there after ten seconds
    void awaitGone(Set<Path> old) throws IOException, InterruptedException {
        Set<Path> leaving = list(name -> name.endsWith(".sst"));
        leaving.addAll(old);
        long startedNanos = System.nanoTime();
        while (true) {
            Set<Path> live = new HashSet<>();
            for (Table table : Table.values()) {
                database.files(table)
                        .forEach(file -> live.add(folder.resolve(file.fileName().substring(1))));
            }
            leaving.removeIf(file -> live.contains(file) || !Files.exists(file));
            if (leaving.isEmpty()) {
                return;
            }
            if (System.nanoTime() - startedNanos > GONE_WITHIN.toNanos()) {
                throw new IOException("files that the store uses no more are still there: " + leaving);
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }
}
