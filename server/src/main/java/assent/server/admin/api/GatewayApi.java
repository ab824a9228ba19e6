package assent.server.admin.api;

import assent.server.admin.access.Permission;
import assent.server.admin.desk.Conversion;
import assent.server.admin.desk.GatewayDesk;
import assent.server.admin.desk.SmsDesk;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The gateways, and the way to the carrier. Thread-safe.
public final class GatewayApi {
    private final GatewayDesk gateways;
    private final SmsDesk sms;

    public GatewayApi(GatewayDesk gateways, SmsDesk sms) {
        this.gateways = gateways;
        this.sms = sms;
    }

    public List<Route> routes() {
        return List.of(
                Route.needs(Permission.VIEW, Verb.GET, "/api/v1/gateways", "The gateways", request -> list()),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        "/api/v1/drain",
                        "Take this gateway out of service: its phones go elsewhere, and the process ends",
                        this::drain),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        "/api/v1/gateways/{id}/drain",
                        "Take any of the gateways out of service; answers when it has said that it drains",
                        this::drainOne),
                Route.needs(Permission.VIEW, Verb.GET, "/api/v1/sms", "The way to the carrier", request -> sms()));
    }

    private Reply list() throws StoreException {
        return Reply.json(gateways.list().stream().map(this::fields).toList());
    }

    private Map<String, Object> fields(Members.Seen seen) {
        Member member = seen.member();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", seen.id().toString());
        fields.put("asked", gateways.isThis(seen));
        fields.put("name", member.name());
        fields.put("version", member.version());
        fields.put("address", member.address());
        fields.put("startedAt", member.startedAt().toString());
        fields.put("sessions", member.sessions());
        fields.put("connections", member.connections());
        fields.put("ready", member.isReady() && !seen.isLost());
        fields.put("draining", member.isDraining());
        fields.put("silentForSeconds", seen.silentFor().toSeconds());
        fields.put("lost", seen.isLost());
        return fields;
    }

    private Reply drain(Request request) throws StoreException {
        return reply(gateways.drain(Body.reason(request), DeviceApi.actor(request)));
    }

    private Reply drainOne(Request request) throws StoreException {
        return reply(gateways.drain(request.parameter("id"), Body.reason(request), DeviceApi.actor(request)));
    }

    private static Reply reply(GatewayDesk.Order order) {
        return switch (order) {
            case BEGUN -> Reply.json(202, Map.of("draining", true));
            case NO_WORD -> Reply.json(202, Map.of("draining", false));
            case UNDER_WAY ->
                Problem.conflict("The gateway is draining already. Wait for it to end.")
                        .reply();
            case UNKNOWN ->
                Problem.notFound("No gateway has this id, or it is lost. The list of gateways has the ids.")
                        .reply();
        };
    }

    private Reply sms() {
        SmsDesk.State state = sms.state();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("up", state.isUp());
        fields.put("underWay", state.underWay());
        fields.put("serviceNumber", state.serviceNumber());
        fields.put("perDayMax", state.policy().perDayMax());
        fields.put(
                "countries", sms.conversions().stream().map(GatewayApi::fields).toList());
        return Reply.json(fields);
    }

    private static Map<String, Object> fields(Conversion conversion) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("country", conversion.country());
        fields.put("sent", conversion.sent());
        fields.put("refused", conversion.refused());
        fields.put("unknown", conversion.unknown());
        fields.put("proved", conversion.proved());
        fields.put("provedByText", conversion.provedByText());
        return fields;
    }
}
