package assent.sim.demo;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks for numbers and texts in every file of a folder, in all their [Spellings], as somebody would
/// who got hold of the disk. Reads each file once, in pieces. Immutable.
///
/// A hit names the file and what kind of thing was found, never the thing.
public final class Search {
    private static final int PIECE_BYTES = 1 << 20;

    /// A spelling is looked up by its first bytes; shorter ones are not searched for, since they stand
    /// anywhere by chance.
    static final int KEY_BYTES = 4;

    private final Map<Integer, List<Wanted>> wanted = new HashMap<>();
    private final boolean[] begins = new boolean[1 << 16];
    private final int longest;

    private record Wanted(String what, Bytes spelling) {}

    /// What a search has found.
    ///
    /// @param hits file and kind of thing
    /// @param bytes that were searched
    public record Found(List<String> hits, int files, long bytes) {
        public Found {
            hits = List.copyOf(hits);
        }
    }

    /// @param texts of at least eight bytes; shorter ones may stand anywhere by chance
    public Search(List<PhoneNumber> numbers, List<String> texts) {
        int most = 0;
        for (int i = 0; i < numbers.size(); i++) {
            most = Math.max(most, want("number " + (i + 1), Spellings.of(numbers.get(i))));
        }
        for (int i = 0; i < texts.size(); i++) {
            most = Math.max(most, want("text " + (i + 1), Spellings.of(texts.get(i))));
        }
        longest = most;
    }

    private int want(String what, List<byte[]> spellings) {
        for (byte[] spelling : spellings) {
            if (spelling.length >= KEY_BYTES) {
                begins[key(spelling, 0) >>> 16] = true;
                wanted.computeIfAbsent(key(spelling, 0), key -> new ArrayList<>(1))
                        .add(new Wanted(what, Bytes.wrap(spelling)));
            }
        }
        return Spellings.longest(spellings);
    }

    private static int key(byte[] bytes, int at) {
        return (bytes[at] << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }

    /// Blocks.
    ///
    /// @throws IOException if a file cannot be read; one that has gone meanwhile is passed over
    public Found in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        var hits = new TreeSet<String>();
        long bytes = 0;
        for (Path file : files) {
            String name = folder.relativize(file).toString();
            byte[] nameBytes = name.getBytes(StandardCharsets.UTF_8);
            find(nameBytes, nameBytes.length, name + " (its name)", hits);
            try (InputStream in = Files.newInputStream(file)) {
                bytes += find(in, name, hits);
            } catch (NoSuchFileException e) {
                // The store has tidied it away.
            }
        }
        return new Found(List.copyOf(hits), files.size(), bytes);
    }

    private long find(InputStream in, String name, Set<String> hits) throws IOException {
        byte[] piece = new byte[PIECE_BYTES + longest];
        int kept = 0;
        long total = 0;
        while (true) {
            int read = in.readNBytes(piece, kept, piece.length - kept);
            if (read == 0) {
                return total;
            }
            total += read;
            int limit = kept + read;
            find(piece, limit, name, hits);
            // What may begin here and end in the next piece is looked at again.
            kept = Math.min(limit, longest);
            System.arraycopy(piece, limit - kept, piece, 0, kept);
        }
    }

    private void find(byte[] bytes, int limit, String name, Set<String> hits) {
        for (int at = 0; at + KEY_BYTES <= limit; at++) {
            if (begins[((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff)]) {
                for (Wanted one : wanted.getOrDefault(key(bytes, at), List.of())) {
                    if (Spellings.standsAt(bytes, at, limit, one.spelling().borrow())) {
                        hits.add(name + ": " + one.what());
                    }
                }
            }
        }
    }
}
