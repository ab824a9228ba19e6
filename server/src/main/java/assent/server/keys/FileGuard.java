package assent.server.keys;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Refuses a key file that anybody but the gateway's own user could read or change.
final class FileGuard {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private FileGuard() {}

    static void check(Path file) throws IOException, KeyFileException {
        if (!Files.isRegularFile(file)) {
            throw new KeyFileException(
                    "Key file " + file + " is not a regular file. Name a file in a folder of its own.");
        }
        Set<PosixFilePermission> mode;
        try {
            mode = Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException e) {
            throw new KeyFileException(
                    "Key file " + file + " is on a file system without owners and modes, so anybody may read it."
                            + " Put it on one that has them.",
                    e);
        }
        if (!OWNERS.containsAll(mode)) {
            throw new KeyFileException("Key file " + file + " has mode " + PosixFilePermissions.toString(mode)
                    + ", so others than its owner can get at the keys; expected rw-------. If nobody has read it,"
                    + " run: chmod 600 " + file);
        }
        checkOwner(file, Path.of("/proc/self"));
    }

    /// @param ourselves something that the gateway's user owns; where it is missing, the owner is not
    ///     checked, and a file of another user fails on reading unless we are root
    static void checkOwner(Path file, Path ourselves) throws IOException, KeyFileException {
        if (!Files.exists(ourselves)) {
            return;
        }
        var owner = Files.getOwner(file);
        var user = Files.getOwner(ourselves);
        if (!owner.equals(user)) {
            throw new KeyFileException("Key file " + file + " belongs to " + owner.getName()
                    + ", but the gateway runs as "
                    + user.getName() + "; whoever owns it can change the keys. Run: chown " + user.getName() + " "
                    + file);
        }
    }
}
