package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plays a power cut on the files of a gateway that was killed: what it had not synced is gone.
///
/// A file keeps the bytes that it had when its last successful sync began. A name that was made, moved
/// or removed since its folder was last synced is as it was before. That is the worst that POSIX allows;
/// a real file system keeps some of it, so a cut can also be partial: then a random beginning of the
/// unsynced bytes of each file, and of the unsynced changes of names, survives.
///
/// Confined to one thread, for one cut.
final class PowerCut {
    private final Synced synced;
    private final Random random;
    private final boolean isPartial;
    private final List<String[]> events = new ArrayList<>();
    private final Map<String, Integer> folderSyncedAt = new HashMap<>();
    private final Map<Long, Long> sizes = new HashMap<>();
    private long bytesCut;
    private int namesUndone;

    private PowerCut(Synced synced, Random random, boolean isPartial) {
        this.synced = synced;
        this.random = random;
        this.isPartial = isPartial;
    }

    /// What went.
    record Loss(long bytes, int names) {}

    /// The gateway is dead; afterwards another one can be started on the same files. One cut of three is
    /// partial.
    static Loss play(Synced synced, Random random) {
        return play(new PowerCut(synced, random, random.nextInt(3) == 0));
    }

    /// The same, and nothing survives that was not synced.
    static Loss playWorst(Synced synced, Random random) {
        return play(new PowerCut(synced, random, false));
    }

    private static Loss play(PowerCut cut) {
        try {
            cut.read();
            cut.undoNames();
            cut.cutFiles();
            cut.forget();
            return new Loss(cut.bytesCut, cut.namesUndone);
        } catch (IOException e) {
            throw new DemoFailure("the power cut could not be played: " + e, e);
        }
    }

    private void read() throws IOException {
        for (String line : Files.readAllLines(synced.log())) {
            String[] event = line.split("\t");
            switch (event[0]) {
                case "C" -> sizes.put(Long.parseLong(event[2]), 0L);
                case "E" -> sizes.putIfAbsent(Long.parseLong(event[2]), Long.parseLong(event[3]));
                case "S" -> sizes.merge(Long.parseLong(event[1]), Long.parseLong(event[2]), Math::max);
                case "D" -> folderSyncedAt.put(event[1], events.size());
                case "O" ->
                    throw new DemoFailure("bytes that were synced were overwritten, which this power cut cannot play."
                            + " The store is expected to append only");
                default -> {}
            }
            events.add(event);
        }
    }

    private void undoNames() throws IOException {
        int survivesBefore = isPartial ? random.nextInt(events.size() + 1) : 0;
        for (int i = events.size() - 1; i >= survivesBefore; i--) {
            String[] event = events.get(i);
            switch (event[0]) {
                case "C", "U", "R" -> {
                    if (i > folderSyncedAt.getOrDefault(folder(event[1]), -1)) {
                        undo(event);
                    }
                }
                default -> {}
            }
        }
    }

    private static String folder(String path) {
        return String.valueOf(Path.of(path).getParent());
    }

    private void undo(String[] event) throws IOException {
        namesUndone++;
        switch (event[0]) {
            case "C" -> Files.deleteIfExists(Path.of(event[1]));
            case "U" -> putBack(event[2], event[1]);
            default -> {
                Files.move(Path.of(event[2]), Path.of(event[1]), StandardCopyOption.REPLACE_EXISTING);
                putBack(event[3], event[2]);
            }
        }
    }

    private static void putBack(String kept, String path) throws IOException {
        if (!kept.equals("-")) {
            Files.move(Path.of(kept), Path.of(path), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void cutFiles() throws IOException {
        try (Stream<Path> all = Files.walk(synced.data())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                @Nullable Long size = sizes.get((Long) Files.getAttribute(file, "unix:ino"));
                long length = Files.size(file);
                if (size != null && size < length) {
                    long kept = isPartial ? random.nextLong(size, length + 1) : size;
                    cut(file, kept);
                    bytesCut += length - kept;
                }
            }
        }
    }

    private static void cut(Path file, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size);
        }
    }

    /// What survived is on the disk, as far as the next cut is concerned.
    private void forget() throws IOException {
        Files.deleteIfExists(synced.log());
        try (Stream<Path> kept = Files.list(synced.trash())) {
            for (Path file : kept.toList()) {
                Files.delete(file);
            }
        }
    }
}
