package assent.server.admin.api;

import assent.protocol.DeviceId;
import assent.server.admin.access.Permission;
import assent.server.admin.desk.Actor;
import assent.server.admin.desk.DeviceCard;
import assent.server.admin.desk.DeviceDesk;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Single devices. A number comes in a body and never in an address, since addresses are kept in many places.
/// Thread-safe.
public final class DeviceApi {
    private static final String DEVICE = "/api/v1/devices/{id}";

    private final DeviceDesk desk;

    public DeviceApi(DeviceDesk desk) {
        this.desk = desk;
    }

    public List<Route> routes() {
        return List.of(
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        "/api/v1/devices/search",
                        "Find the device that has a number; audited",
                        this::search),
                Route.needs(Permission.OPERATE, Verb.GET, DEVICE, "One device, its number masked", this::show),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        DEVICE + "/sign-out",
                        "End the device's session, at whichever gateway; it may sign in again",
                        this::signOut),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        DEVICE + "/export",
                        "What is held about a device, at its user's request; numbers masked, without texts",
                        this::export),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        DEVICE + "/erase",
                        "Erase everything held about the device's number, at its user's request",
                        this::erase));
    }

    private Reply search(Request request) throws StoreException {
        String number = Body.of(request, Set.of("number")).text("number");
        try {
            return Reply.json(desk.find(number, actor(request))
                    .map(DeviceApi::fields)
                    .map(List::of)
                    .orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.invalid("The field \"number\" is " + e.getMessage() + "."));
        }
    }

    private Reply show(Request request) throws StoreException {
        return Reply.json(fields(desk.card(device(request)).orElseThrow(DeviceApi::nobody)));
    }

    private Reply signOut(Request request) throws StoreException {
        DeviceCard.Place place = desk.signOut(device(request), actor(request));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("signedOut", !(place instanceof DeviceCard.Place.Nowhere));
        if (place instanceof DeviceCard.Place.At(var gateway)) {
            fields.put("gateway", gateway);
        }
        return Reply.json(fields);
    }

    private Reply erase(Request request) throws StoreException {
        String reason = Body.reason(request);
        return switch (desk.erase(device(request), reason, actor(request))) {
            case DeviceDesk.Erasure.Erased(var certificate) -> Reply.json(Map.of("certificate", certificate));
            case DeviceDesk.Erasure.NothingHeld ignored -> throw nobody();
            case DeviceDesk.Erasure.NotNow ignored ->
                throw new Refusal(Problem.unavailable("The store cannot do it now. Try again."));
        };
    }

    private Reply export(Request request) throws StoreException {
        return export(desk.export(device(request), Body.reason(request), actor(request))
                .orElseThrow(DeviceApi::nobody));
    }

    /// A file to be saved.
    public static Reply export(DeviceDesk.Export export) {
        return new Reply.Parts(
                "application/json",
                Map.of("content-disposition", "attachment; filename=\"assent-export.json\""),
                sink -> export.writeTo(sink::part));
    }

    private static Refusal nobody() {
        return new Refusal(Problem.notFound("Nothing is held about such a device. Search for the number again."));
    }

    private static DeviceId device(Request request) {
        try {
            return DeviceId.parseHex(request.parameter("id"));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.invalid("The device id is not what a search returns. Search for the number."));
        }
    }

    static Actor actor(Request request) {
        return new Actor(request.caller().name(), request.from());
    }

    private static Map<String, Object> fields(DeviceCard card) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("deviceId", card.deviceId().hex());
        fields.put("number", card.number());
        fields.put("consentId", card.consentId().hex());
        fields.put("noticeVersion", card.noticeVersion());
        fields.put("activatedAt", card.activatedAt().toString());
        fields.put("signedIn", !(card.place() instanceof DeviceCard.Place.Nowhere));
        if (card.place() instanceof DeviceCard.Place.At(var gateway)) {
            fields.put("gateway", gateway);
        }
        fields.put("suspended", card.isSuspended());
        fields.put("waitingTexts", card.waiting());
        fields.put("blockedNumbers", card.blocked());
        fields.put("registrationPin", card.hasPin());
        return fields;
    }
}
