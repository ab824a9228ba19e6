package assent.server.support;

import assent.protocol.consent.Notice;
import assent.server.policy.BuiltInNotices;
import java.util.HashMap;
import java.util.Map;

/// An operator's notices, in the four languages of the built-in ones.
public final class TestNotices {
    private TestNotices() {}

    /// The options of a gateway that shows this version. The same version has the same texts each time.
    public static Map<String, String> options(String version) {
        Map<String, String> options = new HashMap<>();
        texts(version).forEach((path, value) -> options.put(Policies.PREFIX + path, value));
        return options;
    }

    /// Likewise, by their paths in the policy.
    public static Map<String, String> texts(String version) {
        Map<String, String> texts = new HashMap<>();
        texts.put("notice.version", version);
        for (Notice builtIn : BuiltInNotices.load().all()) {
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
            texts.put("notice.texts." + notice.locale(), notice.canonical().toUtf8());
        }
        return texts;
    }

    /// As [#options(String)], with more options.
    public static Map<String, String> options(String version, Map<String, String> more) {
        Map<String, String> options = options(version);
        options.putAll(more);
        return options;
    }
}
