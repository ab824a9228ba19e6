package assent.server.admin.console;

import assent.server.admin.access.Accounts.Change;
import assent.server.admin.access.ApiToken;
import assent.server.admin.access.Permission;
import assent.server.admin.access.Role;
import assent.server.admin.desk.AccountDesk;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.store.StoreException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Who may come in: the accounts of people and the tokens of programs. Thread-safe.
final class AccessPages {
    private static final String PATH = "/console/access";
    private static final String ACCOUNTS = PATH + "/accounts";
    private static final String ACCOUNT = ACCOUNTS + "/{name}";
    private static final String TOKENS = PATH + "/tokens";

    private final Pages pages;
    private final AccountDesk desk;

    AccessPages(Pages pages, AccountDesk desk) {
        this.pages = pages;
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                Route.needs(
                        Permission.OPERATE, Verb.GET, PATH, "Who may come in", request -> page(request, Said.NOTHING)),
                Route.needs(Permission.OPERATE, Verb.POST, ACCOUNTS, "Make an account", this::add),
                Route.needs(Permission.OPERATE, Verb.POST, ACCOUNT + "/role", "Change an account's role", this::role),
                Route.needs(Permission.OPERATE, Verb.POST, ACCOUNT + "/reset", "Replace a password", this::reset),
                Route.needs(Permission.OPERATE, Verb.POST, ACCOUNT + "/remove", "Remove an account", this::remove),
                Route.needs(Permission.OPERATE, Verb.POST, TOKENS, "Make a token", this::addToken),
                Route.needs(Permission.OPERATE, Verb.POST, TOKENS + "/{name}/revoke", "Revoke a token", this::revoke));
    }

    /// What the page says besides the lists.
    ///
    /// @param secret shown this once; may be empty
    private record Said(String kind, String text, String secret) {
        static final Said NOTHING = new Said("", "", "");

        @Override
        public String toString() {
            return "Said[" + kind + "]";
        }
    }

    private Reply page(Request request, Said said) {
        Map<String, Object> values = new HashMap<>();
        values.put("kind", said.kind());
        values.put("said", said.text());
        values.put("secret", said.secret());
        values.put("roles", Stream.of(Role.values()).map(Role::shown).toList());
        values.put(
                "accounts",
                desk.accounts().stream()
                        .map(one -> Map.of(
                                "name",
                                one.name(),
                                "role",
                                one.role().shown(),
                                "isOwn",
                                one.name().equals(request.caller().name())))
                        .toList());
        values.put("tokens", desk.tokens().stream().map(AccessPages::row).toList());
        return pages.page("access", request, values);
    }

    private static Map<String, String> row(ApiToken token) {
        return Map.of(
                "name", token.name(),
                "role", token.role().shown(),
                "createdBy", token.createdBy(),
                "createdAt", Times.shown(token.createdAt()));
    }

    private Reply add(Request request) throws IOException, StoreException {
        String name = request.form().getOrDefault("name", "").strip();
        return reply(request, desk.add(name, role(request.form()), DevicePages.actor(request)), "");
    }

    private Reply role(Request request) throws IOException, StoreException {
        String name = request.parameter("name");
        Role role = role(request.form());
        return reply(
                request,
                desk.setRole(name, role, DevicePages.actor(request)),
                "The role of " + name + " is " + role.shown() + " now.");
    }

    private Reply reset(Request request) throws IOException, StoreException {
        return reply(request, desk.resetPassword(request.parameter("name"), DevicePages.actor(request)), "");
    }

    private Reply remove(Request request) throws IOException, StoreException {
        String name = request.parameter("name");
        return reply(request, desk.remove(name, DevicePages.actor(request)), "The account " + name + " is removed.");
    }

    private Reply addToken(Request request) throws IOException, StoreException {
        String name = request.form().getOrDefault("name", "").strip();
        return reply(request, desk.addToken(name, role(request.form()), DevicePages.actor(request)), "");
    }

    private Reply revoke(Request request) throws IOException, StoreException {
        String name = request.parameter("name");
        return reply(request, desk.revokeToken(name, DevicePages.actor(request)), "The token " + name + " is revoked.");
    }

    private static Role role(Map<String, String> form) {
        return Role.of(form.getOrDefault("role", ""))
                .orElseThrow(() -> new Refusal(Problem.invalid("Choose a role: viewer, auditor or operator.")));
    }

    private Reply reply(Request request, Change change, String done) {
        return page(
                request,
                switch (change) {
                    case Change.Done ignored -> new Said("good", done, "");
                    case Change.PasswordMade(var made) ->
                        new Said("good", "The password of " + made.name() + ", shown this once:", made.password());
                    case Change.TokenMade(var name, var token) ->
                        new Said("good", "The token " + name + ", shown this once:", token);
                    case Change.Refused(var ignored, var why) -> new Said("bad", why, "");
                });
    }
}
