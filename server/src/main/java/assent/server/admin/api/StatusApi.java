package assent.server.admin.api;

import assent.server.admin.access.Permission;
import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import assent.server.admin.desk.Pulse;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// How the gateway is. Thread-safe.
public final class StatusApi {
    private final GatewayFacts facts;
    private final Health health;
    private final Supplier<String> exposition;
    private final Pulse pulse;

    public StatusApi(GatewayFacts facts, Health health, Supplier<String> exposition, Pulse pulse) {
        this.facts = facts;
        this.health = health;
        this.exposition = exposition;
        this.pulse = pulse;
    }

    public List<Route> routes() {
        return List.of(
                Route.open(Verb.GET, "/health/live", "Whether the process runs", request -> live()),
                Route.open(Verb.GET, "/health/ready", "Whether devices should be sent here", request -> ready()),
                Route.needs(Permission.VIEW, Verb.GET, "/metrics", "All meters for Prometheus", request -> metrics()),
                Route.needs(
                        Permission.VIEW, Verb.GET, "/api/v1/status", "How this gateway is now", request -> status()));
    }

    private static Reply live() {
        return Reply.json(Map.of("status", "up"));
    }

    /// Says which look failed, but not why: anyone may ask.
    private Reply ready() {
        Health.Report report = health.report();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("status", report.isReady() ? "ready" : "not ready");
        Map<String, String> checks = new LinkedHashMap<>();
        report.results().forEach(one -> checks.put(one.name(), one.isGood() ? "good" : "bad"));
        body.put("checks", checks);
        return Reply.json(report.isReady() ? 200 : 503, body);
    }

    private Reply metrics() {
        return Reply.text(200, "text/plain; version=0.0.4; charset=utf-8", exposition.get());
    }

    private Reply status() {
        Health.Report report = health.report();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("name", facts.name());
        body.put("version", facts.version());
        body.put("address", facts.address().get());
        body.put("startedAt", facts.startedAt().toString());
        body.put("ready", report.isReady());
        body.put("checks", report.results());
        Map<String, Double> figures = new LinkedHashMap<>();
        var samples = pulse.samples();
        if (!samples.isEmpty()) {
            new TreeMap<>(samples.getLast().values())
                    .forEach((figure, value) -> figures.put(figure.name().toLowerCase(Locale.ROOT), value));
        }
        body.put("figures", figures);
        return Reply.json(body);
    }
}
