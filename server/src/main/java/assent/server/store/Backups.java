package assent.server.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes backups of a store in use, one at a time, each in a folder named after its time. Thread-safe.
///
/// *On the same file system* the table files are linked, not copied: the backup is there at once, takes no
/// room at first, and the store may delete its own files meanwhile. Copying for minutes would hold that up,
/// and with it the moment at which withdrawn data is gone. Whoever wants the backup elsewhere copies it: it
/// does not change any more.
public final class Backups {
    private static final Logger LOG = LoggerFactory.getLogger(Backups.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Store store;
    private final Path storeFolder;
    private final Optional<Path> folder;
    private final Clock clock;
    private volatile Optional<CompletableFuture<Backup>> latest = Optional.empty();

    /// @param storeFolder where the store is
    /// @param folder where backups go; empty if none are made
    public Backups(Store store, Path storeFolder, Optional<Path> folder, Clock clock) {
        this.store = store;
        this.storeFolder = storeFolder;
        this.folder = folder;
        this.clock = clock;
    }

    /// A backup that was made.
    ///
    /// @param bytes in its files, some of which it may share with the store
    public record Backup(Path folder, long bytes, Instant at, Duration took) {}

    /// Begins one, with all that was durable before the call, on a thread of its own. It takes as long as reading the
    /// whole store does, since each file's checksum is noted.
    ///
    /// @return completes with the backup, or with a [StoreException]; the message is for people
    /// @throws StoreException if none is begun, likewise
    public synchronized CompletableFuture<Backup> begin() throws StoreException {
        Path parent = folder.orElseThrow(() -> new StoreException("There is no folder for backups; expected one on the"
                + " store's file system, outside data.folder. Set store.backup-folder, and start the gateway again."));
        if (isUnderWay()) {
            throw new StoreException("A backup is being made already. Wait for it to end.");
        }
        var backup = new CompletableFuture<Backup>();
        latest = Optional.of(backup);
        Thread.ofPlatform().name("assent-backup").start(() -> {
            try {
                backup.complete(make(parent));
            } catch (IOException e) {
                fail(
                        backup,
                        new StoreException(
                                "No backup could be made in " + parent + " (" + e + "). Check its free space, and who"
                                        + " may write there.",
                                e));
            } catch (StoreException | RuntimeException e) {
                fail(backup, e);
            }
        });
        return backup;
    }

    private static void fail(CompletableFuture<Backup> backup, Exception e) {
        LOG.error("no backup was made: {}", e.getMessage());
        backup.completeExceptionally(e);
    }

    public boolean isUnderWay() {
        return latest.filter(backup -> !backup.isDone()).isPresent();
    }

    /// The one that was begun last since the gateway's start, if it has ended.
    public Optional<Result> last() {
        return latest.filter(CompletableFuture::isDone).map(ended -> switch (ended.state()) {
            case SUCCESS -> new Result.Made(ended.resultNow());
            default -> new Result.Failed(String.valueOf(ended.exceptionNow().getMessage()));
        });
    }

    /// What became of a backup.
    public sealed interface Result {
        record Made(Backup backup) implements Result {}

        /// @param why for people
        record Failed(String why) implements Result {}
    }

    private Backup make(Path parent) throws IOException, StoreException {
        long startedNanos = System.nanoTime();
        Files.createDirectories(
                parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // Without a store folder the store is elsewhere, and says so below.
        if (Files.isDirectory(storeFolder) && !Files.getFileStore(parent).equals(Files.getFileStore(storeFolder))) {
            throw new StoreException("store.backup-folder is " + parent + ", on another file system than the store in "
                    + storeFolder + "; expected the same. Name a folder there, and copy finished backups away.");
        }
        Instant at = clock.instant();
        Path backup = parent.resolve(NAME.format(at));
        if (Files.exists(backup)) {
            throw new StoreException("There is a backup " + backup + " already. Ask again in a second.");
        }
        store.backUp(backup);
        Files.setPosixFilePermissions(backup, PosixFilePermissions.fromString("rwx------"));
        var made = new Backup(backup, bytesOf(backup), at, Duration.ofNanos(System.nanoTime() - startedNanos));
        LOG.info("backup made in {} ({} bytes, {})", made.folder(), made.bytes(), made.took());
        return made;
    }

    private static long bytesOf(Path folder) throws IOException {
        long bytes = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                bytes += Files.size(file);
            }
        }
        return bytes;
    }
}
