package assent.server.admin.http;

import assent.protocol.Bytes;
import assent.server.admin.access.Caller;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a handler is asked. Immutable.
///
/// @param parameters from the path, by the names in the route's pattern
/// @param query the first value of each
/// @param headers by their names in lower case
/// @param from the caller's address
public record Request(
        Verb verb,
        String path,
        Map<String, String> parameters,
        Map<String, String> query,
        Map<String, String> headers,
        Bytes body,
        String from,
        Who who) {
    /// Who asks.
    public sealed interface Who {
        /// Nobody has shown who they are; only open routes see that.
        record Anyone() implements Who {}

        /// @param csrf the token of the browser's session; empty for programs
        record Known(Caller caller, String csrf) implements Who {}
    }

    Request by(Who known) {
        return new Request(verb, path, parameters, query, headers, body, from, known);
    }

    Request at(Map<String, String> pathParameters) {
        return new Request(verb, path, pathParameters, query, headers, body, from, who);
    }

    /// The caller; only routes that ask for a permission may ask for it.
    public Caller caller() {
        return switch (who) {
            case Who.Known(var caller, var ignored) -> caller;
            case Who.Anyone ignored -> throw new IllegalStateException(path + " is open to anyone");
        };
    }

    /// The token that forms on a page for this caller carry.
    public String csrf() {
        return switch (who) {
            case Who.Known(var ignored, var csrf) -> csrf;
            case Who.Anyone ignored -> "";
        };
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /// A part of the path, by its name in the pattern.
    public String parameter(String name) {
        return Optional.ofNullable(parameters.get(name))
                .orElseThrow(() -> new IllegalArgumentException("the route has no {" + name + "}"));
    }

    /// Whether a script of a page asks for a part of it.
    public boolean isFragment() {
        return headers.containsKey("hx-request");
    }

    /// Whether a page follows what happens here.
    boolean wantsEvents() {
        return header("accept")
                .filter(type -> type.contains("text/event-stream"))
                .isPresent();
    }

    /// The fields of a form; the last value of each. Empty if the body is something else.
    public Map<String, String> form() {
        boolean isForm = header("content-type")
                .filter(type -> type.startsWith("application/x-www-form-urlencoded"))
                .isPresent();
        return isForm ? fields(new String(body.borrow(), StandardCharsets.UTF_8)) : Map.of();
    }

    static Map<String, String> fields(String encoded) {
        var fields = new HashMap<String, String>();
        for (String pair : List.of(encoded.split("&"))) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.invalid("A percent sign in the request is not followed by two hex digits."));
        }
    }

    /// Hides what a user or operator has typed.
    @Override
    public String toString() {
        return verb + " " + path;
    }
}
