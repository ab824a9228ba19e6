package assent.sim.demo;

import assent.sim.web.Surroundings.Operator;
import assent.sim.web.Surroundings.OperatorFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Opens and pauses activation at the demo's gateway as an operator's program does: over its admin API, let in by the
/// file that it leaves in its data folder for its own user. Thread-safe; blocks.
record AdminSwitch(Path door) implements Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REASON = "the switch on the page with the phones";
    private static final String PAUSED = "PAUSED";

    /// Where a gateway writes the file, if it has an admin listener.
    static Optional<Operator> of(Path dataFolder) {
        Path door = dataFolder.resolve("admin-local.json");
        return Files.exists(door) ? Optional.of(new AdminSwitch(door)) : Optional.empty();
    }

    @Override
    public boolean isPaused() throws InterruptedException {
        return get().at("/policy/activation/state").asString("").equals(PAUSED);
    }

    @Override
    public void pause(boolean paused) throws InterruptedException {
        JsonNode holds = get();
        var policy = (ObjectNode) holds.get("policy");
        policy.withObject("activation").put("state", paused ? PAUSED : "OPEN");
        String change = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "expected", holds.path("version").asString(),
                        "reason", REASON,
                        "document", JsonMapper.shared().writeValueAsString(policy)));
        ask("PUT", HttpRequest.BodyPublishers.ofString(change));
    }

    private JsonNode get() throws InterruptedException {
        return ask("GET", HttpRequest.BodyPublishers.noBody());
    }

    private JsonNode ask(String method, HttpRequest.BodyPublisher body) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            JsonNode way = JsonMapper.shared().readTree(Files.readString(door));
            var request = HttpRequest.newBuilder(
                            URI.create(way.path("address").asString()).resolve("/api/v1/policy"))
                    .timeout(PATIENCE)
                    .header("authorization", "Bearer " + way.path("token").asString())
                    .header("content-type", "application/json")
                    .method(method, body)
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode said = JsonMapper.shared().readTree(response.body());
            if (response.statusCode() != 200) {
                throw new OperatorFailure(
                        said.path("detail").asString("the gateway answered " + response.statusCode()), null);
            }
            return said;
        } catch (IOException | JacksonException e) {
            throw new OperatorFailure("the gateway's admin listener does not answer as it should", e);
        }
    }
}
