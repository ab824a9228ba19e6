package assent.sim.web;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Responses, each with the headers that keep the page to itself: it loads nothing from elsewhere, runs
/// no script that is not one of its files, and is shown in no frame. Stateless.
final class Replies {
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
            + " require-trusted-types-for 'script'; trusted-types 'none'";

    private Replies() {}

    static FullHttpResponse content(String type, byte[] bytes) {
        return reply(HttpResponseStatus.OK, type, bytes);
    }

    /// @param name of the file as which a browser keeps it
    static FullHttpResponse download(String name, byte[] json) {
        FullHttpResponse response = reply(HttpResponseStatus.OK, "application/json", json);
        response.headers().set(HttpHeaderNames.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"");
        return response;
    }

    static FullHttpResponse taken() {
        return reply(HttpResponseStatus.NO_CONTENT, "", new byte[0]);
    }

    /// @param problem for people: what was found, what was expected
    static FullHttpResponse problem(HttpResponseStatus status, String problem) {
        return reply(status, "application/json", JsonMapper.shared().writeValueAsBytes(Map.of("problem", problem)));
    }

    private static FullHttpResponse reply(HttpResponseStatus status, String type, byte[] bytes) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(bytes));
        secure(response.headers());
        if (!type.isEmpty()) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
            response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
        }
        return response;
    }

    static void secure(HttpHeaders headers) {
        headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Cross-Origin-Resource-Policy", "same-origin")
                .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
                .set("Cache-Control", "no-store");
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
