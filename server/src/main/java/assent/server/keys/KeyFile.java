package assent.server.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/// The file that holds the gateway's secrets, outside the store: a copy of the store alone reads
/// nobody's messages.
///
/// Blocks; called once, at start.
public final class KeyFile {
    /// A longer file is none of ours, and is refused unread.
    static final int FILE_BYTES_MAX = 16 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private KeyFile() {}

    /// Reads the key file, or makes one with fresh secrets if there is none.
    ///
    /// @param mayCreate false once the store holds data: fresh secrets would make all of it unreadable
    /// @throws KeyFileException if the file is missing and may not be made, is open to others than its
    ///     owner, is not ours, or is malformed
    public static Keys open(Path file, boolean mayCreate) throws KeyFileException {
        try {
            if (!Files.exists(file)) {
                if (!mayCreate) {
                    throw new KeyFileException(
                            "Key file " + file + " is missing, but the store holds data that only its"
                                    + " keys can open. Put the file back from its copy, or name the right file. If it is lost"
                                    + " for good, what is stored is lost too: begin with an empty data folder.");
                }
                make(file.toAbsolutePath());
            }
            FileGuard.check(file);
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new KeyFileException("Key file " + file + " has " + Files.size(file) + " bytes, expected at most "
                        + FILE_BYTES_MAX + ". Is this the right file?");
            }
            return new Keys(KeyFileText.read(file, Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new KeyFileException(
                    "Key file " + file + " cannot be read or made (" + e + "). Check the path and who may write there.",
                    e);
        }
    }

    /// Writes beside the place and links into it: the file appears whole or not at all, and of two
    /// gateways that start at once one makes it and both read it.
    private static void make(Path file) throws IOException {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IOException("the path names a folder");
        }
        Files.createDirectories(folder, FOLDER_MODE);
        Path draft = folder.resolve(file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            writeSynced(draft, KeyFileText.write(Secrets.random()));
            try {
                Files.createLink(file, draft);
            } catch (FileAlreadyExistsException e) {
                return;
            }
        } finally {
            Files.deleteIfExists(draft);
        }
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void writeSynced(Path file, String text) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
