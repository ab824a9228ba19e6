package assent.server.admin.console;

import assent.server.admin.desk.Desks;
import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import assent.server.admin.desk.Pulse;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import java.util.ArrayList;
import java.util.List;

/// All pages of the console. Thread-safe.
public final class Console {
    private final List<Route> routes;

    public Console(GatewayFacts facts, Health health, Desks desks, Pulse pulse, boolean isTls) {
        var assets = new Assets();
        var pages = new Pages(facts.name(), assets.version());
        var all = new ArrayList<Route>();
        all.add(Route.open(Verb.GET, "/", "The console", request -> Reply.seeOther("/console")));
        all.add(Route.open(Verb.GET, "/console/assets/{file}", "Scripts and styles", assets::reply));
        all.addAll(new SignInPages(pages, desks.door(), isTls).routes());
        all.addAll(new OverviewPage(pages, facts, health, desks, pulse).routes());
        all.addAll(new PolicyPages(pages, desks.policy()).routes());
        all.addAll(new DevicePages(pages, desks.devices()).routes());
        all.addAll(new GatewayPages(pages, desks.gateways(), desks.sms()).routes());
        all.addAll(new AccountPages(pages, desks.accounts()).routes());
        all.addAll(new AccessPages(pages, desks.accounts()).routes());
        all.addAll(new AuditPage(pages, desks.audit()).routes());
        this.routes = List.copyOf(all);
    }

    public List<Route> routes() {
        return routes;
    }
}
