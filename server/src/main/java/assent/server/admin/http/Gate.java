package assent.server.admin.http;

import assent.server.admin.access.Caller;
import assent.server.admin.access.Doorkeeper;
import assent.server.admin.access.Permission;
import java.util.Optional;

/// Lets a request through to its route, or not. Thread-safe.
///
/// A browser's cookie goes along with requests that other pages have it make. So every change that comes with a cookie
/// must carry the session's token, in a header or a form's field, and must not come from another site. A bearer token
/// is
/// never sent by a browser on its own, so requests with one need neither.
final class Gate {
    static final String COOKIE = "assent_session";
    static final String CSRF_HEADER = "x-csrf-token";
    static final String CSRF_FIELD = "csrf";

    private static final String BEARER = "Bearer ";

    private final Doorkeeper doorkeeper;

    Gate(Doorkeeper doorkeeper) {
        this.doorkeeper = doorkeeper;
    }

    /// The request with its caller, or why not.
    sealed interface Outcome {
        record In(Request request) implements Outcome {}

        record Out(Problem problem) implements Outcome {}
    }

    Outcome admit(Route route, Request request) {
        if (request.verb().isChange() && isFromAnotherSite(request)) {
            return new Outcome.Out(
                    Problem.forbidden("The request comes from a page of another site. Use the console."));
        }
        return switch (route.admission()) {
            case Route.Admission.Open ignored ->
                new Outcome.In(known(request, true).map(request::by).orElse(request));
            case Route.Admission.Needs(var permission) -> check(permission, request, true);
            case Route.Admission.Background(var permission) -> check(permission, request, false);
        };
    }

    private Outcome check(Permission permission, Request request, boolean isUse) {
        Optional<Request.Who.Known> known = known(request, isUse);
        if (known.isEmpty()) {
            return new Outcome.Out(Problem.unauthenticated());
        }
        Caller caller = known.get().caller();
        if (!caller.may(permission)) {
            return new Outcome.Out(
                    Problem.forbidden("The role " + caller.role().shown() + " may not do this. Ask an operator."));
        }
        Request admitted = request.by(known.get());
        if (request.verb().isChange() && caller.means() == Caller.Means.SESSION && !carriesToken(admitted)) {
            return new Outcome.Out(
                    Problem.forbidden("The page is too old, or the request is forged. Load the page again."));
        }
        return new Outcome.In(admitted);
    }

    private Optional<Request.Who.Known> known(Request request, boolean isUse) {
        Optional<String> authorization = request.header("authorization");
        if (authorization.isPresent()) {
            return authorization
                    .filter(value -> value.startsWith(BEARER))
                    .flatMap(value ->
                            doorkeeper.byToken(value.substring(BEARER.length()).strip()))
                    .map(caller -> new Request.Who.Known(caller, ""));
        }
        return Cookies.session(request)
                .flatMap(cookie -> doorkeeper.bySession(cookie, isUse))
                .map(known -> new Request.Who.Known(known.caller(), known.csrf()));
    }

    private static boolean carriesToken(Request request) {
        String given = request.header(CSRF_HEADER)
                .or(() -> Optional.ofNullable(request.form().get(CSRF_FIELD)))
                .orElse("");
        return Doorkeeper.matches(request.csrf(), given);
    }

    /// What browsers say of themselves; who says nothing is no browser of today.
    private static boolean isFromAnotherSite(Request request) {
        return request.header("sec-fetch-site")
                .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                .isPresent();
    }
}
