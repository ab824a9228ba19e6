package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.desk.Conversion;
import assent.server.admin.desk.GatewayDesk;
import assent.server.admin.desk.SmsDesk;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
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
                Route.needs(Permission.OPERATE, Verb.POST, PATH + "/{id}/drain", "Drain a gateway", this::drain),
                Route.needs(Permission.VIEW, Verb.GET, "/console/sms", "SMS channel", this::sms));
    }

    private Reply page(Request request, String kind, String said) {
        List<Members.Seen> seen;
        boolean isWhole = true;
        try {
            seen = gateways.list();
        } catch (StoreException e) {
            seen = List.of(gateways.own());
            isWhole = false;
        }
        return pages.page(
                "gateways",
                request,
                Map.of(
                        "rows",
                        seen.stream().map(this::row).toList(),
                        "isWhole",
                        isWhole,
                        "kind",
                        kind,
                        "said",
                        said,
                        "mayOperate",
                        mayOperate(request)));
    }

    static boolean mayOperate(Request request) {
        return request.caller().may(Permission.OPERATE);
    }

    private Map<String, Object> row(Members.Seen seen) {
        Member member = seen.member();
        Map<String, Object> cells = new LinkedHashMap<>();
        cells.put("id", seen.id().toString());
        cells.put("isThis", gateways.isThis(seen));
        cells.put("name", member.name());
        cells.put("version", member.version());
        cells.put("address", member.address());
        cells.put("since", Times.shown(member.startedAt()));
        cells.put("sessions", Shown.whole(member.sessions()));
        cells.put("connections", Shown.whole(member.connections()));
        cells.put("mayDrain", !member.isDraining() && !seen.isLost());
        if (seen.isLost()) {
            cells.put("state", "No word for " + Times.shown(seen.silentFor()));
            cells.put("kind", "bad");
        } else {
            cells.put("state", member.isDraining() ? "Draining" : member.isReady() ? "Ready" : "Not ready");
            cells.put("kind", member.isDraining() ? "warn" : member.isReady() ? "good" : "bad");
        }
        return cells;
    }

    private Reply drain(Request request) throws StoreException {
        String reason = request.form().getOrDefault("reason", "").strip();
        if (reason.isEmpty()) {
            return page(request, "bad", "Nothing was done: give a reason for the audit log.");
        }
        return switch (gateways.drain(request.parameter("id"), reason, DevicePages.actor(request))) {
            case BEGUN ->
                page(request, "warn", "The gateway drains: its phones go elsewhere, and it ends when they are gone.");
            case NO_WORD -> page(request, "warn", "The gateway was told, and has not said yet that it drains.");
            case UNDER_WAY -> page(request, "", "The gateway is draining already.");
            case UNKNOWN -> page(request, "bad", "There is no such gateway any more.");
        };
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
        values.put(
                "countries", sms.conversions().stream().map(GatewayPages::row).toList());
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
