package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.access.SignIn;
import assent.server.admin.desk.DoorDesk;
import assent.server.admin.http.Cookies;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Coming in and going. Thread-safe.
final class SignInPages {
    private static final String PATH = "/console/sign-in";
    private static final String HOME = "/console";

    private final Pages pages;
    private final DoorDesk door;
    private final boolean isTls;

    SignInPages(Pages pages, DoorDesk door, boolean isTls) {
        this.pages = pages;
        this.door = door;
        this.isTls = isTls;
    }

    List<Route> routes() {
        return List.of(
                Route.open(Verb.GET, PATH, "Sign-in page", this::show),
                Route.open(Verb.POST, PATH, "Sign in", this::signIn),
                Route.needs(Permission.VIEW, Verb.POST, "/console/sign-out", "Sign out", this::signOut));
    }

    private Reply show(Request request) {
        return request.who() instanceof Request.Who.Known ? Reply.seeOther(HOME) : form(200, request, "", "");
    }

    private Reply signIn(Request request) {
        Map<String, String> form = request.form();
        String name = form.getOrDefault("name", "").strip();
        return switch (door.signIn(name, form.getOrDefault("password", ""), request.from())) {
            case SignIn.Welcome(var ignored, var cookie) ->
                Reply.seeOther(HOME).with("set-cookie", Cookies.set(request, cookie, isTls));
            case SignIn.Wrong ignored ->
                form(401, request, name, "That name and password do not belong together. Try again.");
            case SignIn.Wait(var retryAfter) ->
                form(429, request, name, "Too many tries. Wait " + shown(retryAfter) + ", then try again.")
                        .with("retry-after", Long.toString(Math.max(1, retryAfter.toSeconds())));
        };
    }

    private static String shown(Duration wait) {
        long minutes = (wait.toSeconds() + 59) / 60;
        return wait.toSeconds() < 60 ? "a moment" : minutes + (minutes == 1 ? " minute" : " minutes");
    }

    private Reply.Whole form(int status, Request request, String name, String trouble) {
        return pages.page(status, "sign-in", request, Map.of("given", name, "trouble", trouble));
    }

    private Reply signOut(Request request) {
        Cookies.session(request).ifPresent(cookie -> door.signOut(cookie, DevicePages.actor(request)));
        return Reply.seeOther(PATH).with("set-cookie", Cookies.clear(request));
    }
}
