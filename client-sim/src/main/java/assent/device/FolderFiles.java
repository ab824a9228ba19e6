package assent.device;

import assent.protocol.Bytes;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/// The files of a [DeviceFolder] that are not its journal, and who may read them. Immutable; every
/// method blocks.
final class FolderFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY_FOLDER = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");

    private final Path folder;

    private FolderFiles(Path folder) {
        this.folder = folder;
    }

    /// Makes the folder with mode 0700 if it is missing.
    ///
    /// @throws DeviceStoreException if others than its owner may look into it
    static FolderFiles in(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY_FOLDER));
        }
        requireOwnerOnly(folder, "chmod 700 " + folder);
        return new FolderFiles(folder);
    }

    private static void requireOwnerOnly(Path path, String repair) throws IOException {
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(path));
        others.removeAll(OWNER_ONLY_FOLDER);
        if (!others.isEmpty()) {
            throw new DeviceStoreException(path + " has the mode "
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(path))
                    + ", so that others than its owner can use it; expected none of group and others. If nobody else had"
                    + " access, run: " + repair + ". If somebody had, withdraw and activate again");
        }
    }

    Path journal() {
        return folder.resolve("journal");
    }

    Path newJournal() {
        return folder.resolve("journal.new");
    }

    Path lock() {
        return folder.resolve("lock");
    }

    private Path key() {
        return folder.resolve("key");
    }

    void writeKey(KeyPair pair) throws IOException {
        Path fresh = folder.resolve("key.new");
        Files.deleteIfExists(fresh);
        String text = pair.publicKey().point().hex() + "\n" + pair.pkcs8().hex() + "\n";
        try (var channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE))) {
            channel.write(ByteBuffer.wrap(Bytes.utf8(text).borrow()));
            channel.force(true);
        }
        Files.move(fresh, key(), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /// @throws DeviceStoreException if the key is missing, another one, or readable by others
    KeyPair readKey(PublicKey publicKey) {
        try {
            requireOwnerOnly(key(), "chmod 600 " + key());
            String[] lines = Files.readString(key()).split("\n", -1);
            if (lines.length < 2 || !lines[0].equals(publicKey.point().hex())) {
                throw new DeviceStoreException(key() + " holds another key than the one that was activated: restore the"
                        + " right one, or remove the folder and activate again");
            }
            return KeyPair.restore(publicKey, Bytes.fromHex(lines[1]));
        } catch (NoSuchFileException e) {
            throw new DeviceStoreException(
                    key() + " is missing: restore it, or remove the folder and activate again", e);
        } catch (IllegalArgumentException e) {
            throw new DeviceStoreException(
                    key() + " is damaged: restore it, or remove the folder and activate again", e);
        } catch (IOException e) {
            throw new DeviceStoreException(key() + " cannot be read: " + e.getMessage(), e);
        }
    }

    boolean holdsKey(PublicKey publicKey) throws IOException {
        return Files.exists(key())
                && Files.readString(key()).startsWith(publicKey.point().hex() + "\n");
    }

    /// Overwrites the key and removes it. A file system that writes elsewhere than before (most flash
    /// memory does) may keep the old block until it needs it; the certificate of erasure rests on the
    /// gateway's data, not on this.
    void destroyKey() throws IOException {
        if (Files.exists(key())) {
            try (var channel = FileChannel.open(key(), StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.allocate((int) channel.size()));
                channel.force(true);
            }
            Files.delete(key());
            syncFolder();
        }
    }

    void putNewJournalInPlace() throws IOException {
        Files.move(newJournal(), journal(), StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
    }

    /// Makes created, renamed and removed names durable.
    void syncFolder() throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
