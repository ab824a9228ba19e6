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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Opens and pauses activation at the demo's gateway, and asks for renewals, as an operator's program does: over its
/// admin API, let in by the
/// file that it leaves in its data folder for its own user. Thread-safe; blocks.
record AdminSwitch(Path door) implements Operator {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String REASON = "the switch on the page with the phones";
    private static final String PAUSED = "PAUSED";
    private static final Pattern VERSION = Pattern.compile("(?m)^version: .*$");
    private static final Pattern LAST_NUMBER = Pattern.compile("[0-9]{1,9}$");

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
        change(policy -> policy.withObject("activation").put("state", paused ? PAUSED : "OPEN"));
    }

    @Override
    public void askEveryone(Duration within) throws InterruptedException {
        Instant deadline = Instant.now().plus(within).truncatedTo(ChronoUnit.SECONDS);
        change(policy -> {
            ObjectNode notice = policy.withObject("notice");
            String next = next(notice.path("version").asString());
            ObjectNode texts = notice.withObject("texts");
            for (String locale : List.copyOf(texts.propertyNames())) {
                String text = texts.path(locale).asString();
                texts.put(locale, VERSION.matcher(text).replaceFirst("version: " + next));
            }
            notice.put("version", next).withObject("renewal").put("deadline", deadline.toString());
        });
    }

    /// `2026-1` is followed by `2026-2`.
    private static String next(String version) {
        Matcher number = LAST_NUMBER.matcher(version);
        return number.find()
                ? version.substring(0, number.start()) + (Integer.parseInt(number.group()) + 1)
                : version + "-2";
    }

    private void change(Consumer<ObjectNode> change) throws InterruptedException {
        JsonNode holds = get();
        var policy = (ObjectNode) holds.get("policy");
        change.accept(policy);
        String asked = JsonMapper.shared()
                .writeValueAsString(Map.of(
                        "expected", holds.path("version").asString(),
                        "reason", REASON,
                        "document", JsonMapper.shared().writeValueAsString(policy)));
        ask("PUT", HttpRequest.BodyPublishers.ofString(asked));
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
