package assent.server.admin.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// A refusal in the form of RFC 9457. Immutable; holds no personal data.
///
/// @param type what programs tell apart; stable
/// @param detail for people: what was found, what was expected, and the next step
public record Problem(int status, String type, String title, String detail) {
    static final String MEDIA_TYPE = "application/problem+json";

    public static Problem invalid(String detail) {
        return new Problem(400, "invalid", "The request is not valid", detail);
    }

    public static Problem unauthenticated() {
        return new Problem(
                401,
                "unauthenticated",
                "Nobody is signed in",
                "Sign in, or send an API token in the header Authorization: Bearer.");
    }

    public static Problem forbidden(String detail) {
        return new Problem(403, "forbidden", "Not allowed", detail);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "not-found", "There is no such thing", detail);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "conflict", "It has changed meanwhile", detail);
    }

    public static Problem unavailable(String detail) {
        return new Problem(503, "unavailable", "Not possible now", detail);
    }

    public static Problem tooMany(String detail) {
        return new Problem(429, "too-many-requests", "Too many requests", detail);
    }

    public Reply.Whole reply() {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "urn:assent:problem:" + type);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        var json = Reply.json(status, body);
        return new Reply.Whole(status, MEDIA_TYPE, json.body(), Map.of());
    }

    public Reply.Whole reply(Duration retryAfter) {
        return reply().with("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
    }
}
