package assent.server.doctor;

import java.nio.file.Files;
import java.nio.file.Path;

/// Finds the folder that is there already of one that may be made later.
final class Folders {
    private Folders() {}

    /// The folder itself, or the nearest one above it that exists.
    static Path nearest(Path folder) {
        Path nearest = folder.toAbsolutePath().normalize();
        while (!Files.isDirectory(nearest) && nearest.getParent() != null) {
            nearest = nearest.getParent();
        }
        return nearest;
    }
}
