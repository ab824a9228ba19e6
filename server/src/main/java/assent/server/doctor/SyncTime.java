package assent.server.doctor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// How long the disk under the store takes to make a small write durable. Every `QUEUED` and every
/// activation waits for one such sync at least.
public final class SyncTime {
    /// Enough for a median that repeats.
    private static final int SYNCS = 50;

    private static final Duration ALL_MAX = Duration.ofSeconds(5);
    private static final int BYTES = 4096;

    /// A slower disk is felt by people who wait for `QUEUED`.
    private static final Duration MEDIAN_GOOD_MAX = Duration.ofMillis(20);

    /// A quicker one does not wait for a medium: it is in memory, or its cache answers before it keeps.
    private static final Duration MEDIAN_REAL_MIN = Duration.ofNanos(5_000);

    private SyncTime() {}

    /// Writes a file of 4 KiB into the folder, or into the nearest folder above it that exists, and
    /// removes it. Blocks for 5 s and one sync at most.
    ///
    /// @throws IOException if nothing can be written there
    public static Finding look(Path folder) throws IOException {
        Path existing = Folders.nearest(folder);
        Path file = Files.createTempFile(existing, ".doctor", ".tmp");
        try {
            return judge(existing, measure(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static List<Long> measure(Path file) throws IOException {
        List<Long> nanos = new ArrayList<>();
        long end = System.nanoTime() + ALL_MAX.toNanos();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer piece = ByteBuffer.allocateDirect(BYTES);
            do {
                piece.clear();
                while (piece.hasRemaining()) {
                    channel.write(piece);
                }
                long before = System.nanoTime();
                channel.force(false);
                nanos.add(System.nanoTime() - before);
            } while (nanos.size() < SYNCS && System.nanoTime() < end);
        }
        Collections.sort(nanos);
        return nanos;
    }

    static Finding judge(Path folder, List<Long> sortedNanos) {
        long median = sortedNanos.get(sortedNanos.size() / 2);
        String what = String.format(
                Locale.ROOT,
                "a sync of 4 KiB in %s takes %.2f ms (median of %d), %.2f ms at most",
                folder,
                median / 1e6,
                sortedNanos.size(),
                sortedNanos.getLast() / 1e6);
        if (median > MEDIAN_GOOD_MAX.toNanos()) {
            return Finding.warning(
                    what + "; whoever is told QUEUED waits for it",
                    "Put data.folder on a disk that syncs within " + MEDIAN_GOOD_MAX.toMillis() + " ms");
        }
        if (median < MEDIAN_REAL_MIN.toNanos()) {
            return Finding.warning(
                    what + "; no disk is as quick as that",
                    "See that data.folder is not in memory (tmpfs), and that the disk's cache survives a power cut");
        }
        return Finding.good(what);
    }
}
