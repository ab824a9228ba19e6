package assent.server.admin.console;

import assent.protocol.Bytes;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Scripts and styles of the console, read once. Immutable.
final class Assets {
    private static final String JARS = "/META-INF/resources/webjars/";
    private static final String LONG = "public, max-age=31536000, immutable";
    private static final int VERSION_CHARS = 12;

    /// Name in the address, and where the file is.
    private static final Map<String, String> FILES = Map.of(
            "console.css", "assets/console.css",
            "console.js", "assets/console.js",
            "icon.svg", "assets/icon.svg",
            "htmx.js", JARS + "htmx.org/2.0.10/dist/htmx.min.js",
            "sse.js", JARS + "htmx-ext-sse/2.2.2/sse.js");

    private final Map<String, Bytes> contents;
    private final String version;

    Assets() {
        contents = FILES.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, file -> read(file.getValue())));
        version = version(contents);
    }

    private static Bytes read(String place) {
        try (InputStream file = Assets.class.getResourceAsStream(place)) {
            return Bytes.wrap(Objects.requireNonNull(file, place).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(place + ", which comes with the gateway, cannot be read", e);
        }
    }

    private static String version(Map<String, Bytes> contents) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            new TreeMap<>(contents).values().forEach(content -> digest.update(content.borrow()));
            return Bytes.wrap(digest.digest()).hex().substring(0, VERSION_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Changes with the files, and is part of their addresses, so that browsers may keep them for long.
    String version() {
        return version;
    }

    Reply reply(Request request) {
        String name = request.parameter("file");
        Bytes content = Optional.ofNullable(contents.get(name))
                .orElseThrow(() -> new Refusal(Problem.notFound("The console has no such file. Load the page again.")));
        return new Reply.Whole(200, type(name), content, Map.of("cache-control", LONG));
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".css" -> "text/css; charset=utf-8";
            case ".js" -> "text/javascript; charset=utf-8";
            default -> "image/svg+xml";
        };
    }
}
