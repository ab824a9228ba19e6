package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// Says that a store's folder is a backup, and up to which entry of the [ErasureLog] it knows what was erased.
/// A file in the folder; it goes once the later entries have been applied. Immutable.
///
/// @param logId of the log; empty if none was kept
/// @param last number of the log's newest entry when the backup began
/// @param at when that was
record BackupMark(String logId, long last, Instant at) {
    static final String NAME = "BACKUP";

    private static final String NO_LOG = "-";

    /// Nobody keeps a log, so nobody says when either.
    static BackupMark withoutLog() {
        return new BackupMark(NO_LOG, 0, Instant.EPOCH);
    }

    /// Writes it into the folder of a backup.
    BackupMark in(Path folder) throws StoreException {
        try {
            Files.writeString(folder.resolve(NAME), logId + " " + last + " " + at + "\n");
            return this;
        } catch (IOException e) {
            throw new StoreException(
                    "The backup in " + folder + " is not whole (" + e + "): remove it. Check the disk's free space.",
                    e);
        }
    }

    /// @return empty if the folder is no backup
    static Optional<BackupMark> read(Path folder) throws StoreException {
        Path file = folder.resolve(NAME);
        try {
            String[] words = Files.readString(file).strip().split(" ", -1);
            return Optional.of(new BackupMark(words[0], Long.parseLong(words[1]), Instant.parse(words[2])));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (IOException | NumberFormatException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            throw OpenChecks.damaged(folder, "its file " + NAME + " is unreadable (" + e + ")");
        }
    }

    static void remove(Path folder) throws IOException {
        Files.delete(folder.resolve(NAME));
        ClosingNote.sync(folder);
    }
}
