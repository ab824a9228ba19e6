package assent.sim.web;

import io.netty.handler.codec.http.FullHttpResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The page's files, read once. Immutable.
final class Assets {
    private static final String TOKEN_PLACE = "@TOKEN@";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private static final String[] NAMES = {
        "index.html",
        "phones.css",
        "screens.css",
        "icon.svg",
        "main.js",
        "dom.js",
        "words.js",
        "phone.js",
        "consent.js",
        "screens.js",
        "chat.js",
        "receipt.js"
    };

    private final Map<String, byte[]> files = new HashMap<>();

    /// @param token goes into the page, where its scripts find it
    Assets(String token) {
        for (String name : NAMES) {
            files.put(name, read(name));
        }
        files.computeIfPresent(
                "index.html",
                (_, page) -> Replies.utf8(new String(page, StandardCharsets.UTF_8).replace(TOKEN_PLACE, token)));
    }

    private static byte[] read(String name) {
        try (InputStream in = Objects.requireNonNull(
                Assets.class.getResourceAsStream("/assent/sim/web/" + name), () -> "no file " + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// @param path such as `/phones.css`; `/` is the page
    Optional<FullHttpResponse> find(String path) {
        String name = path.equals("/") ? "index.html" : path.substring(1);
        return Optional.ofNullable(files.get(name))
                .map(bytes -> Replies.content(
                        Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1))), bytes));
    }
}
