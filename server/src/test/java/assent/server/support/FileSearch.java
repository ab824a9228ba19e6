package assent.server.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Looks for bytes in all files of a folder, as somebody would who took the disk away.
public final class FileSearch {
    private FileSearch() {}

    /// In which files each needle is found, by the needle's name; needles that are found nowhere
    /// are left out.
    public static Map<String, Set<String>> find(Path folder, Map<String, byte[]> needles) throws IOException {
        Map<String, Set<String>> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String bytes = read(file);
                needles.forEach((name, needle) -> {
                    if (bytes.contains(new String(needle, StandardCharsets.ISO_8859_1))) {
                        found.computeIfAbsent(name, _ -> new TreeSet<>()).add(String.valueOf(file.getFileName()));
                    }
                });
            });
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return find(folder, needles); // a file went while we walked: look again
            }
            throw e;
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
