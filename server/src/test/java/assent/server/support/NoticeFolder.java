package assent.server.support;

import assent.protocol.consent.Notice;
import assent.server.activation.NoticeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// An operator's folder of notices, in the four languages of the built-in ones.
public final class NoticeFolder {
    private NoticeFolder() {}

    /// Writes all languages of a version; what was in the folder is replaced. The same version has the
    /// same texts each time.
    public static void write(Path folder, String version) throws IOException {
        Files.createDirectories(folder);
        for (Notice builtIn : NoticeFiles.load(Optional.empty()).all()) {
            Notice notice = new Notice(
                    version,
                    builtIn.locale(),
                    builtIn.title() + " (" + version + ")",
                    builtIn.controller(),
                    builtIn.items(),
                    builtIn.purposes(),
                    builtIn.retention(),
                    builtIn.region(),
                    builtIn.cost(),
                    builtIn.smsMax(),
                    builtIn.withdrawal());
            Files.write(
                    folder.resolve(notice.locale() + ".notice"),
                    List.of(notice.canonical().toUtf8().stripTrailing()));
        }
    }

    /// The options of a gateway with these notices.
    public static Map<String, String> options(Path folder) {
        return Map.of("activation.notices", folder.toString());
    }
}
