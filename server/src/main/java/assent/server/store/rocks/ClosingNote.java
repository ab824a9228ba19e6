package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the files of a store were when it was closed, or copied, written into the folder beside them: size and
/// checksum of each. The next opening compares before anything else, so that a bit that flipped in a
/// store at rest is found wherever it is, and an end that is missing is told from a record that a crash
/// cut short.
///
/// It is gone, durably, before the store is opened: a store that was not closed has none. Stateless.
final class ClosingNote {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingNote.class);
    private static final String NAME = "CLOSED";
    private static final String DRAFT = "CLOSED.new";
    private static final String END = "end";
    private static final int PIECE_BYTES = 1 << 20;

    private ClosingNote() {}

    /// Notes every file of a store that was just closed. A note that cannot be written is left out.
    static void write(Path folder) {
        try {
            List<String> lines = new ArrayList<>();
            files(folder).forEach((name, what) -> lines.add(what + " " + name));
            lines.add(END + " " + lines.size());
            Path draft = folder.resolve(DRAFT);
            try (FileChannel file = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer text = ByteBuffer.wrap(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
                while (text.hasRemaining()) {
                    file.write(text);
                }
                file.force(true);
            }
            Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
        } catch (IOException e) {
            LOG.warn(
                    "The store was closed, but that could not be noted: its next opening cannot tell whether its"
                            + " files changed meanwhile.",
                    e);
        }
    }

    /// Compares the files with the note, and takes it away.
    ///
    /// @return whether there was a note; without one, nothing is known of the files
    /// @throws StoreException if they differ; nothing was changed
    static boolean take(Path folder) throws StoreException {
        if (!compare(folder)) {
            return false;
        }
        try {
            Files.delete(folder.resolve(NAME));
            sync(folder);
            return true;
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    /// Compares the files with the note, and leaves it.
    ///
    /// @return whether there was a note; without one, nothing is known of the files
    /// @throws StoreException if they differ
    static boolean compare(Path folder) throws StoreException {
        try {
            Map<String, String> noted = read(folder);
            Map<String, String> found = noted.isEmpty() ? Map.of() : files(folder);
            for (Map.Entry<String, String> file : noted.entrySet()) {
                if (!file.getValue().equals(found.get(file.getKey()))) {
                    throw OpenChecks.damaged(
                            folder,
                            "its file " + file.getKey()
                                    + (found.containsKey(file.getKey())
                                            ? " is not what it was when the store was closed"
                                            : " is missing"));
                }
            }
            return !noted.isEmpty();
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static StoreException unreadable(Path folder, IOException e) {
        return new StoreException(
                "The store in " + folder + " cannot be read (" + e + "). Check the disk, and who may read and write"
                        + " the folder.",
                e);
    }

    private static Map<String, String> read(Path folder) throws IOException, StoreException {
        Map<String, String> noted = new TreeMap<>();
        try {
            for (String line : Files.readAllLines(folder.resolve(NAME))) {
                int space = line.lastIndexOf(' ');
                noted.put(line.substring(space + 1), line.substring(0, Math.max(0, space)));
            }
        } catch (NoSuchFileException e) {
            return Map.of();
        } catch (CharacterCodingException e) {
            noted.clear();
        }
        if (!END.equals(noted.remove(Integer.toString(noted.size() - 1)))) {
            throw OpenChecks.damaged(folder, "its file " + NAME + " is unreadable");
        }
        return noted;
    }

    /// Size and checksum by name, of the files that hold something: not the lock, nor RocksDB's
    /// words for people.
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".sst")
                        || name.endsWith(".log")
                        || name.startsWith("MANIFEST-")
                        || name.equals("CURRENT")
                        || name.equals(BackupMark.NAME)) {
                    files.put(name, Files.size(file) + " " + checksum(file));
                }
            }
        }
        return files;
    }

    private static String checksum(Path file) throws IOException {
        var checksum = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
        try (FileChannel bytes = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.read(piece.clear()) >= 0) {
                checksum.update(piece.flip());
            }
        }
        return Long.toHexString(checksum.getValue());
    }

    static void sync(Path folder) throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
