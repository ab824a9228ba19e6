package assent.server.admin.console;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Looking a device up by its number, and what can be done with it. The number is in no address, and is not shown again
/// whole. Thread-safe.
final class DevicePages {
    private static final String PATH = "/console/devices";
    private static final String DEVICE = PATH + "/{id}";

    private static final String SIGNED_OUT = "The device is signed out.";
    private static final String MAY_SIGN_IN = " It may sign in again by itself.";

    private final Pages pages;
    private final DeviceDesk desk;

    DevicePages(Pages pages, DeviceDesk desk) {
        this.pages = pages;
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                Route.needs(Permission.OPERATE, Verb.GET, PATH, "Devices", request -> page(request, Said.NOTHING)),
                Route.needs(Permission.OPERATE, Verb.POST, PATH, "Find a device", this::search),
                Route.needs(Permission.OPERATE, Verb.POST, DEVICE + "/sign-out", "Sign a device out", this::signOut),
                Route.needs(Permission.OPERATE, Verb.POST, DEVICE + "/export", "Export a device's data", this::export),
                Route.needs(Permission.OPERATE, Verb.POST, DEVICE + "/erase", "Erase a device's data", this::erase));
    }

    /// What the page says besides the search.
    private record Said(String kind, String text, Optional<DeviceCard> card, String certificate) {
        static final Said NOTHING = new Said("", "", Optional.empty(), "");

        static Said of(String kind, String text) {
            return new Said(kind, text, Optional.empty(), "");
        }
    }

    private Reply page(Request request, Said said) {
        Map<String, Object> values = new HashMap<>();
        values.put("kind", said.kind());
        values.put("said", said.text());
        values.put("certificate", said.certificate());
        values.put("found", said.card().isPresent());
        said.card().ifPresent(card -> {
            values.put("card", card);
            values.put(
                    "place",
                    switch (card.place()) {
                        case DeviceCard.Place.Here ignored -> "Signed in here";
                        case DeviceCard.Place.At(var gateway) -> "Signed in at " + gateway;
                        case DeviceCard.Place.Nowhere ignored -> "Not signed in";
                    });
            values.put("isSignedIn", !(card.place() instanceof DeviceCard.Place.Nowhere));
            values.put("id", card.deviceId().hex());
            values.put("consent", card.consentId().hex());
            values.put("activatedAt", Times.shown(card.activatedAt()));
        });
        return pages.page("devices", request, values);
    }

    private Reply search(Request request) throws StoreException {
        try {
            Optional<DeviceCard> card = desk.find(request.form().getOrDefault("number", ""), actor(request));
            return page(
                    request,
                    card.isPresent()
                            ? new Said("", "", card, "")
                            : Said.of("", "Nothing is held about this number: it is not activated."));
        } catch (IllegalArgumentException e) {
            return page(request, Said.of("bad", "That is " + e.getMessage() + "."));
        }
    }

    private Reply signOut(Request request) throws StoreException {
        DeviceId device = device(request);
        return switch (desk.signOut(device, actor(request))) {
            case DeviceCard.Place.Here ignored ->
                page(request, new Said("good", SIGNED_OUT + MAY_SIGN_IN, desk.card(device), ""));
            case DeviceCard.Place.At(var gateway) ->
                page(
                        request,
                        new Said(
                                "good",
                                "Gateway " + gateway + " ends its session." + MAY_SIGN_IN,
                                desk.card(device),
                                ""));
            case DeviceCard.Place.Nowhere ignored ->
                page(request, new Said("", "The device is not signed in.", desk.card(device), ""));
        };
    }

    private Reply export(Request request) throws StoreException {
        DeviceId device = device(request);
        String reason = request.form().getOrDefault("reason", "").strip();
        if (reason.isEmpty()) {
            return page(request, new Said("bad", "Nothing was exported: give the reason.", desk.card(device), ""));
        }
        Optional<DeviceDesk.Export> export = desk.export(device, reason, actor(request));
        return export.isPresent()
                ? new Reply.Parts(
                        "application/json",
                        Map.of("content-disposition", "attachment; filename=\"assent-export.json\""),
                        sink -> export.get().writeTo(sink::part))
                : page(request, Said.of("", "Nothing is held about this device any more."));
    }

    private Reply erase(Request request) throws StoreException {
        DeviceId device = device(request);
        String reason = request.form().getOrDefault("reason", "").strip();
        boolean isConfirmed = request.form().getOrDefault("confirm", "").equals("yes");
        if (reason.isEmpty() || !isConfirmed) {
            String text = "Nothing was erased: give the reason, and confirm that the user asked for it.";
            return page(request, new Said("bad", text, desk.card(device), ""));
        }
        return switch (desk.erase(device, reason, actor(request))) {
            case DeviceDesk.Erasure.Erased(var certificate) ->
                page(
                        request,
                        new Said(
                                "good",
                                "Everything that was held is erased. Give the user this certificate:",
                                Optional.empty(),
                                certificate));
            case DeviceDesk.Erasure.NothingHeld ignored ->
                page(request, Said.of("", "Nothing is held about this device any more."));
            case DeviceDesk.Erasure.NotNow ignored ->
                page(request, new Said("bad", "The store cannot do it now. Try again.", desk.card(device), ""));
        };
    }

    private static DeviceId device(Request request) {
        try {
            return DeviceId.parseHex(request.parameter("id"));
        } catch (IllegalArgumentException e) {
            throw new Refusal(Problem.invalid("This is no device id. Search for the number again."));
        }
    }

    static Actor actor(Request request) {
        return new Actor(request.caller().name(), request.from());
    }
}
