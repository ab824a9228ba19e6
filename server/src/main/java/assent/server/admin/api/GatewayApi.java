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
import assent.server.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                Route.needs(Permission.VIEW, Verb.GET, "/api/v1/sms", "The way to the carrier", request -> sms()));
    }

    private Reply list() {
        return Reply.json(gateways.list().stream().map(GatewayApi::fields).toList());
    }

    private static Map<String, Object> fields(GatewayDesk.Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", row.name());
        fields.put("version", row.version());
        fields.put("address", row.address());
        fields.put("startedAt", row.startedAt().toString());
        fields.put("sessions", row.sessions());
        fields.put("ready", row.isReady());
        fields.put("draining", row.isDraining());
        return fields;
    }

    private Reply drain(Request request) throws StoreException {
        String reason = Body.of(request, Set.of("reason")).text("reason");
        return gateways.drain(reason, DeviceApi.actor(request))
                ? Reply.json(202, Map.of("draining", true))
                : Problem.conflict("The gateway is draining already. Wait for it to end.")
                        .reply();
    }

    private Reply sms() {
        SmsDesk.State state = sms.state();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("up", state.isUp());
        fields.put("underWay", state.underWay());
        fields.put("serviceNumber", state.serviceNumber());
        fields.put("perDayMax", state.policy().perDayMax());
        fields.put("countries", sms.conversions().stream().map(GatewayApi::fields).toList());
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
