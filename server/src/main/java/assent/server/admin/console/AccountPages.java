package assent.server.admin.console;

import assent.server.admin.access.Accounts.Change;
import assent.server.admin.access.BrowserSession;
import assent.server.admin.access.Caller;
import assent.server.admin.access.Permission;
import assent.server.admin.desk.AccountDesk;
import assent.server.admin.http.Cookies;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.store.StoreException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What everybody has for themselves: the own password, and the browsers that are signed in. Thread-safe.
final class AccountPages {
    private static final String PATH = "/console/account";

    private final Pages pages;
    private final AccountDesk desk;

    AccountPages(Pages pages, AccountDesk desk) {
        this.pages = pages;
        this.desk = desk;
    }

    List<Route> routes() {
        return List.of(
                Route.needs(Permission.VIEW, Verb.GET, PATH, "Own account", request -> page(request, "", "")),
                Route.needs(Permission.VIEW, Verb.POST, PATH + "/password", "Change the own password", this::password),
                Route.needs(Permission.VIEW, Verb.POST, PATH + "/sessions", "Sign other browsers out", this::others));
    }

    private Reply page(Request request, String kind, String said) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", kind);
        values.put("said", said);
        boolean isBrowser = request.caller().means() == Caller.Means.SESSION;
        values.put("isBrowser", isBrowser);
        values.put(
                "sessions",
                isBrowser
                        ? desk.sessions(DevicePages.actor(request), cookie(request)).stream()
                                .map(AccountPages::row)
                                .toList()
                        : List.of());
        return pages.page("account", request, values);
    }

    private static Map<String, Object> row(BrowserSession session) {
        return Map.of(
                "from", session.from(),
                "openedAt", Times.shown(session.openedAt()),
                "usedAt", Times.shown(session.usedAt()),
                "isThis", session.isThis());
    }

    /// A program has none.
    private static String cookie(Request request) {
        return Cookies.session(request).orElse("");
    }

    private Reply password(Request request) throws IOException, StoreException {
        Map<String, String> form = request.form();
        String next = form.getOrDefault("next", "");
        if (request.caller().means() != Caller.Means.SESSION) {
            return page(request, "bad", "A program has no password.");
        }
        if (!next.equals(form.getOrDefault("again", ""))) {
            return page(request, "bad", "The new password was not typed the same twice. Nothing was changed.");
        }
        var change = desk.setOwnPassword(
                form.getOrDefault("current", ""), next, DevicePages.actor(request), cookie(request));
        return change instanceof Change.Refused(var ignored, var why)
                ? page(request, "bad", why)
                : page(request, "good", "Your password is changed, and your other browsers are signed out.");
    }

    private Reply others(Request request) throws StoreException {
        int ended = desk.signOutOthers(DevicePages.actor(request), cookie(request));
        return page(request, "good", ended == 1 ? "One other browser is signed out." : ended + " are signed out.");
    }
}
