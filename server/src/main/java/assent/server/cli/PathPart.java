package assent.server.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// What people typed, as a part of a URL's path. Pure functions.
final class PathPart {
    private PathPart() {}

    static String of(String typed) {
        return URLEncoder.encode(typed, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
