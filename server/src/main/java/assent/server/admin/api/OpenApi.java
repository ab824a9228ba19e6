package assent.server.admin.api;

import assent.server.admin.http.Reply;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// The OpenAPI document, which comes with the gateway as a file. A test holds it against the routes, both ways.
public final class OpenApi {
    static final String PATH = "/api/v1/openapi.json";

    private OpenApi() {}

    public static List<Route> routes() {
        String document = document();
        return List.of(
                Route.open(Verb.GET, PATH, "This document", request -> Reply.text(200, "application/json", document)));
    }

    static String document() {
        try (InputStream file = OpenApi.class.getResourceAsStream("openapi.json")) {
            return new String(Objects.requireNonNull(file, "openapi.json").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("openapi.json, which comes with the gateway, cannot be read", e);
        }
    }
}
