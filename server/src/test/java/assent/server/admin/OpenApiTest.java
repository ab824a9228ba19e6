package assent.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.Gateways;
import assent.server.admin.http.Route;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The document and the routes say the same, in both directions.
class OpenApiTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void theDocumentListsEveryRouteOfTheApiAndNoOther() throws Exception {
        var routes = new TreeMap<String, String>();
        try (var gateway = TestGateway.start(folder, Map.of("admin.enabled", "yes"))) {
            Gateways.admin(gateway.gateway())
                    .api()
                    .forEach(route -> routes.put(route.verb() + " " + route.pattern(), said(route)));
        }

        var documented = new TreeMap<String, String>();
        JsonNode document;
        try (var file = AdminPlane.class.getResourceAsStream("api/openapi.json")) {
            document = JsonMapper.shared().readTree(file);
        }
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(operation -> documented.put(
                                operation.getKey().toUpperCase(java.util.Locale.ROOT) + " " + path.getKey(),
                                said(operation.getValue()))));

        assertThat(documented).isEqualTo(routes);
    }

    private static String said(Route route) {
        String permission = switch (route.admission()) {
            case Route.Admission.Open ignored -> "none";
            case Route.Admission.Needs(var needed) -> needed.name();
            case Route.Admission.Background(var needed) -> needed.name();
        };
        return permission + ": " + route.summary();
    }

    private static String said(JsonNode operation) {
        return operation.path("x-permission").asString() + ": "
                + operation.path("summary").asString();
    }
}
