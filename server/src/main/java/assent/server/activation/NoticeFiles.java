package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads notices: the operator's from a folder, or those that come with the gateway. Blocks; called at
/// start.
public final class NoticeFiles {
    private static final List<String> BUILT_IN = List.of("en", "hi", "pt", "zh");
    private static final String SUFFIX = ".notice";

    private NoticeFiles() {}

    /// @param folder with one `.notice` file for each language; empty for the built-in ones
    /// @throws IOException if one cannot be read or is not in canonical form; the message names the file
    public static Notices load(Optional<Path> folder) throws IOException {
        var notices = folder.isPresent() ? from(folder.get()) : builtIn();
        try {
            return new Notices(notices);
        } catch (IllegalArgumentException e) {
            throw new IOException("activation.notices: " + e.getMessage(), e);
        }
    }

    private static List<Notice> from(Path folder) throws IOException {
        var notices = new ArrayList<Notice>();
        try (var files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
            for (Path file : files) {
                notices.add(parse(file.toString(), Files.readAllBytes(file)));
            }
        }
        return notices;
    }

    private static List<Notice> builtIn() throws IOException {
        var notices = new ArrayList<Notice>();
        for (String locale : BUILT_IN) {
            String name = "/assent/server/notices/" + locale + SUFFIX;
            try (InputStream in = NoticeFiles.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IOException("the gateway was built without its notice " + name);
                }
                notices.add(parse(name, in.readAllBytes()));
            }
        }
        return notices;
    }

    private static Notice parse(String file, byte[] bytes) throws IOException {
        try {
            return Notice.parse(Bytes.wrap(bytes));
        } catch (MalformedDocument e) {
            throw new IOException(
                    "notice " + file + ": " + e.getMessage() + "; docs/protocol.md describes the form of a notice", e);
        }
    }
}
