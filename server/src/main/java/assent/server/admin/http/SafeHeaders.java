package assent.server.admin.http;

import java.util.LinkedHashMap;
import java.util.Map;

/// Headers of every reply: a page may load and call nothing but this listener, run no script and use no style that is
/// written in it, and be shown in no other page. Immutable.
final class SafeHeaders {
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final Map<String, String> all = new LinkedHashMap<>();

    SafeHeaders(boolean isTls) {
        all.put("content-security-policy", CONTENT_POLICY);
        all.put("x-content-type-options", "nosniff");
        all.put("x-frame-options", "DENY");
        all.put("referrer-policy", "no-referrer");
        all.put("cross-origin-opener-policy", "same-origin");
        all.put("cross-origin-resource-policy", "same-origin");
        all.put("cache-control", "no-store");
        if (isTls) {
            all.put("strict-transport-security", "max-age=31536000");
        }
    }

    /// With those of one reply, which win.
    Map<String, String> with(Map<String, String> own) {
        var headers = new LinkedHashMap<>(all);
        headers.putAll(own);
        return headers;
    }
}
