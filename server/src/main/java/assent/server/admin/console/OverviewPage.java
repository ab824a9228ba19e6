package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.desk.Desks;
import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import assent.server.admin.desk.Pulse;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.policy.ActivationPolicy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is going on, live. Thread-safe.
final class OverviewPage {
    private final Pages pages;
    private final GatewayFacts facts;
    private final Health health;
    private final Desks desks;
    private final Pulse pulse;

    OverviewPage(Pages pages, GatewayFacts facts, Health health, Desks desks, Pulse pulse) {
        this.pages = pages;
        this.facts = facts;
        this.health = health;
        this.desks = desks;
        this.pulse = pulse;
    }

    List<Route> routes() {
        return List.of(
                Route.needs(Permission.VIEW, Verb.GET, "/console", "Overview", this::show),
                Route.background(Permission.VIEW, "/console/events", "Live figures", request -> events()));
    }

    private Reply show(Request request) {
        return pages.page("overview", request, values());
    }

    private Reply events() {
        return new Reply.Events(sink -> {
            long seen = 0;
            do {
                seen = pulse.await(seen);
            } while (sink.event("vitals", pages.render("vitals", values())));
        });
    }

    private Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        values.put("facts", facts);
        values.put("health", health.report());
        values.put("vitals", Vitals.of(pulse.samples()));
        var activation = desks.policy().current().policy().activation();
        values.put("activation", activation.state().name());
        long closed = activation.countries().keySet().stream()
                .filter(code -> activation.stateIn(code) != ActivationPolicy.State.OPEN)
                .count();
        values.put("closed", closed);
        values.put("smsUp", desks.sms().state().isUp());
        return values;
    }
}
