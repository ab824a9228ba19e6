package assent.server.admin.api;

import assent.server.admin.access.Accounts.Change;
import assent.server.admin.access.ApiToken;
import assent.server.admin.access.BrowserSession;
import assent.server.admin.access.Caller;
import assent.server.admin.access.Permission;
import assent.server.admin.access.Role;
import assent.server.admin.desk.AccountDesk;
import assent.server.admin.http.Cookies;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.store.StoreException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Accounts and API tokens. Thread-safe.
public final class AccessApi {
    private static final String ACCOUNT = "/api/v1/accounts/{name}";
    private static final String TOKEN = "/api/v1/tokens/{name}";

    private final AccountDesk desk;

    public AccessApi(AccountDesk desk) {
        this.desk = desk;
    }

    public List<Route> routes() {
        return List.of(
                Route.needs(Permission.VIEW, Verb.GET, "/api/v1/me", "Who is asking", this::me),
                Route.needs(
                        Permission.VIEW,
                        Verb.POST,
                        "/api/v1/me/password",
                        "Change the own password; other browsers are signed out",
                        this::ownPassword),
                Route.needs(
                        Permission.VIEW,
                        Verb.GET,
                        "/api/v1/me/sessions",
                        "Own browsers that are signed in",
                        this::sessions),
                Route.needs(
                        Permission.VIEW,
                        Verb.DELETE,
                        "/api/v1/me/sessions",
                        "Sign out own browsers but for the one that asks",
                        this::signOutOthers),
                Route.needs(Permission.OPERATE, Verb.GET, "/api/v1/accounts", "All accounts", request -> list()),
                Route.needs(
                        Permission.OPERATE,
                        Verb.PUT,
                        ACCOUNT,
                        "Make an account; its password is shown once",
                        this::add),
                Route.needs(
                        Permission.OPERATE,
                        Verb.PUT,
                        ACCOUNT + "/role",
                        "Change an account's role; it counts at once",
                        this::setRole),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        ACCOUNT + "/password",
                        "Replace a forgotten password; the new one is shown once",
                        this::resetPassword),
                Route.needs(Permission.OPERATE, Verb.DELETE, ACCOUNT, "Remove an account", this::remove),
                Route.needs(Permission.OPERATE, Verb.GET, "/api/v1/tokens", "All API tokens", request -> tokens()),
                Route.needs(Permission.OPERATE, Verb.PUT, TOKEN, "Make an API token; it is shown once", this::addToken),
                Route.needs(Permission.OPERATE, Verb.DELETE, TOKEN, "Revoke an API token", this::revokeToken));
    }

    private Reply me(Request request) {
        return Reply.json(Map.of(
                "name", request.caller().name(), "role", request.caller().role().shown()));
    }

    /// The cookie of the browser that asks: only those who sign in have a password and browsers.
    private static String cookie(Request request) {
        return Cookies.session(request)
                .filter(cookie -> request.caller().means() == Caller.Means.SESSION)
                .orElseThrow(() -> new Refusal(Problem.conflict(
                        "A program has neither password nor browsers. Sign in at the console, or revoke the token.")));
    }

    private Reply ownPassword(Request request) throws IOException, StoreException {
        String cookie = cookie(request);
        Body body = Body.of(request, Set.of("current", "next"));
        return reply(desk.setOwnPassword(body.text("current"), body.text("next"), DeviceApi.actor(request), cookie));
    }

    private Reply sessions(Request request) {
        return Reply.json(desk.sessions(DeviceApi.actor(request), cookie(request)).stream()
                .map(AccessApi::shown)
                .toList());
    }

    private static Map<String, Object> shown(BrowserSession session) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", session.from());
        fields.put("openedAt", session.openedAt().toString());
        fields.put("usedAt", session.usedAt().toString());
        fields.put("this", session.isThis());
        return fields;
    }

    private Reply signOutOthers(Request request) throws StoreException {
        return Reply.json(Map.of("ended", desk.signOutOthers(DeviceApi.actor(request), cookie(request))));
    }

    private Reply setRole(Request request) throws IOException, StoreException {
        return reply(desk.setRole(request.parameter("name"), role(request), DeviceApi.actor(request)));
    }

    private Reply list() {
        return Reply.json(desk.accounts().stream()
                .map(one -> Map.of("name", one.name(), "role", one.role().shown()))
                .toList());
    }

    private Reply tokens() {
        return Reply.json(desk.tokens().stream().map(AccessApi::shown).toList());
    }

    private static Map<String, String> shown(ApiToken token) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", token.name());
        fields.put("role", token.role().shown());
        fields.put("createdBy", token.createdBy());
        fields.put("createdAt", token.createdAt().toString());
        return fields;
    }

    private Reply add(Request request) throws IOException, StoreException {
        return reply(desk.add(request.parameter("name"), role(request), DeviceApi.actor(request)));
    }

    private Reply resetPassword(Request request) throws IOException, StoreException {
        return reply(desk.resetPassword(request.parameter("name"), DeviceApi.actor(request)));
    }

    private Reply remove(Request request) throws IOException, StoreException {
        return reply(desk.remove(request.parameter("name"), DeviceApi.actor(request)));
    }

    private Reply addToken(Request request) throws IOException, StoreException {
        return reply(desk.addToken(request.parameter("name"), role(request), DeviceApi.actor(request)));
    }

    private Reply revokeToken(Request request) throws IOException, StoreException {
        return reply(desk.revokeToken(request.parameter("name"), DeviceApi.actor(request)));
    }

    private static Role role(Request request) {
        return Role.of(Body.of(request, Set.of("role")).text("role"))
                .orElseThrow(() -> new Refusal(
                        Problem.invalid("The field \"role\" names no role; expected viewer, auditor or operator.")));
    }

    private static Reply reply(Change change) {
        return switch (change) {
            case Change.Done ignored -> Reply.nothing();
            case Change.PasswordMade(var made) ->
                Reply.json(201, Map.of("name", made.name(), "password", made.password()));
            case Change.TokenMade(var name, var token) -> Reply.json(201, Map.of("name", name, "token", token));
            case Change.Refused(var kind, var why) ->
                switch (kind) {
                    case NOT_FOUND -> Problem.notFound(why).reply();
                    case CONFLICT -> Problem.conflict(why).reply();
                    case INVALID -> Problem.invalid(why).reply();
                };
        };
    }
}
