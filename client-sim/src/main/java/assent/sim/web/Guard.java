package assent.sim.web;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/// Keeps other sites that the same browser visits away from the phones: a request must name this
/// server as its host (a name of somebody else's that resolves to the loopback does not), and one that
/// does something must come from this page, with the token that only this page can read. Immutable.
final class Guard {
    static final String TOKEN_HEADER = "X-Assent-Token";

    private final List<String> hosts;
    private final byte[] token;

    Guard(int port, String token) {
        this.hosts = List.of("127.0.0.1:" + port, "localhost:" + port);
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /// @return the refusal; empty if the request is one of this page's
    Optional<FullHttpResponse> refusal(HttpRequest request) {
        HttpHeaders headers = request.headers();
        String host = headers.get(HttpHeaderNames.HOST, "");
        if (!hosts.contains(host)) {
            return refused(HttpResponseStatus.MISDIRECTED_REQUEST, "Host: expected " + String.join(" or ", hosts));
        }
        // A link from elsewhere may lead to the page itself, and to nothing else.
        String site = headers.get("Sec-Fetch-Site", "none");
        if (!request.uri().equals("/") && !List.of("same-origin", "none").contains(site)) {
            return refused(HttpResponseStatus.FORBIDDEN, "Sec-Fetch-Site: expected same-origin");
        }
        return request.method().equals(HttpMethod.POST) ? refusalOfDeed(headers, host) : Optional.empty();
    }

    private Optional<FullHttpResponse> refusalOfDeed(HttpHeaders headers, String host) {
        if (!headers.get(HttpHeaderNames.ORIGIN, "").equals("http://" + host)) {
            return refused(HttpResponseStatus.FORBIDDEN, "Origin: expected http://" + host);
        }
        byte[] given = headers.get(TOKEN_HEADER, "").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, token)) {
            return refused(HttpResponseStatus.FORBIDDEN, TOKEN_HEADER + ": expected the page's token; load it again");
        }
        if (!headers.get(HttpHeaderNames.CONTENT_TYPE, "").startsWith("application/json")) {
            return refused(HttpResponseStatus.UNSUPPORTED_MEDIA_TYPE, "Content-Type: expected application/json");
        }
        return Optional.empty();
    }

    private static Optional<FullHttpResponse> refused(HttpResponseStatus status, String problem) {
        return Optional.of(Replies.problem(status, problem));
    }
}
