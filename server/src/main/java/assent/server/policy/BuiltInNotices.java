package assent.server.policy;

import assent.protocol.Bytes;
import assent.protocol.consent.Notice;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The notices that come with the gateway. Reading blocks for as long as a class takes to load.
public final class BuiltInNotices {
    private static final List<String> LOCALES = List.of("en", "hi", "pt", "zh");

    private BuiltInNotices() {}

    public static Notices load() {
        var notices = new ArrayList<Notice>();
        for (String locale : LOCALES) {
            String name = "/assent/server/notices/" + locale + ".notice";
            try (InputStream in = BuiltInNotices.class.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException("the gateway was built without its notice " + name);
                }
                notices.add(Notice.parse(Bytes.wrap(in.readAllBytes())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new Notices(notices);
    }
}
