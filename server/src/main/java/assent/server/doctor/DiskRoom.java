package assent.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much room the disk under the store has. Without any, texts for phones that are away are refused.
public final class DiskRoom {
    private static final long MIB = 1024 * 1024;

    /// The write-ahead log, and what an erasure rewrites beside the old files.
    private static final long BYTES_NEEDED = 512 * MIB;

    private static final long BYTES_GOOD = 2048 * MIB;

    private DiskRoom() {}

    /// @throws IOException if the disk cannot be asked
    public static Finding look(Path folder) throws IOException {
        Path existing = Folders.nearest(folder);
        return judge(existing, Files.getFileStore(existing).getUsableSpace());
    }

    static Finding judge(Path folder, long bytes) {
        String what = bytes / MIB + " MiB are free in " + folder;
        String next = "Make room, or move data.folder to a larger disk";
        if (bytes < BYTES_NEEDED) {
            return Finding.bad(what + "; the store needs " + BYTES_NEEDED / MIB + " MiB to work", next);
        }
        return bytes < BYTES_GOOD
                ? Finding.warning(what + "; less than " + BYTES_GOOD / MIB + " MiB", next)
                : Finding.good(what);
    }
}
