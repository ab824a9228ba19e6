package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.desk.Conversion;
import assent.server.admin.desk.GatewayDesk;
import assent.server.admin.desk.SmsDesk;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.policy.SmsPolicy;
import assent.server.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The gateways with their drain, and the way to the carrier. Thread-safe.
final class GatewayPages {
    private static final String PATH = "/console/gateways";

    private final Pages pages;
    private final GatewayDesk gateways;
    private final SmsDesk sms;

    GatewayPages(Pages pages, GatewayDesk gateways, SmsDesk sms) {
        this.pages = pages;
        this.gateways = gateways;
        this.sms = sms;
    }

    List<Route> routes() {
        return List.of(
                Route.needs(Permission.VIEW, Verb.GET, PATH, "Gateways", request -> page(request, "", "")),
                Route.needs(Permission.OPERATE, Verb.POST, PATH + "/drain", "Drain this gateway", this::drain),
                Route.needs(Permission.VIEW, Verb.GET, "/console/sms", "SMS channel", this::sms));
    }

    private Reply page(Request request, String kind, String said) {
        List<Map<String, Object>> rows =
                gateways.list().stream().map(GatewayPages::row).toList();
        return pages.page(
                "gateways",
                request,
                Map.of("rows", rows, "kind", kind, "said", said, "mayOperate", mayOperate(request)));
    }

    static boolean mayOperate(Request request) {
        return request.caller().may(Permission.OPERATE);
    }

    private static Map<String, Object> row(GatewayDesk.Row row) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("name", row.name());
        cells.put("version", row.version());
        cells.put("address", row.address());
        cells.put("since", Times.shown(row.startedAt()));
        cells.put("sessions", Shown.whole(row.sessions()));
        cells.put("state", row.isDraining() ? "Draining" : row.isReady() ? "Ready" : "Not ready");
        cells.put("kind", row.isDraining() ? "warn" : row.isReady() ? "good" : "bad");
        return cells;
    }

    private Reply drain(Request request) throws StoreException {
        String reason = request.form().getOrDefault("reason", "").strip();
        if (reason.isEmpty()) {
            return page(request, "bad", "Nothing was done: give a reason for the audit log.");
        }
        return gateways.drain(reason, DevicePages.actor(request))
                ? page(
                        request,
                        "warn",
                        "This gateway is draining: its phones go elsewhere, and it ends when they are gone.")
                : page(request, "", "This gateway is draining already.");
    }

    private Reply sms(Request request) {
        SmsDesk.State state = sms.state();
        SmsPolicy policy = state.policy();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("isUp", state.isUp());
        values.put("underWay", state.underWay());
        values.put("serviceNumber", state.serviceNumber());
        values.put("perNumber", rate(policy.perNumber()));
        values.put("perPrefix", rate(policy.perPrefix()));
        values.put("perAddress", rate(policy.perAddress()));
        values.put("perDay", Shown.whole(policy.perDayMax()));
        values.put("spend", policy.spend().perDayMax().toString());
        values.put("countries", sms.conversions().stream().map(GatewayPages::row).toList());
        return pages.page("sms", request, values);
    }

    private static Map<String, Object> row(Conversion conversion) {
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("code", conversion.country());
        cells.put("sent", Shown.whole(conversion.sent()));
        cells.put("proved", Shown.whole(conversion.proved()));
        cells.put("share", conversion.percent().map(Shown::percent).orElse("–"));
        cells.put("refused", Shown.whole(conversion.refused()));
        cells.put("unknown", Shown.whole(conversion.unknown()));
        cells.put("provedByText", Shown.whole(conversion.provedByText()));
        return cells;
    }

    private static String rate(SmsPolicy.Rate rate) {
        return rate.max() + " in " + Times.shown(rate.within());
    }
}
