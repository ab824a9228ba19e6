package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.config.ConfigException;
import assent.server.policy.Policy;
import assent.server.policy.book.Change;
import assent.server.policy.book.PolicyBook;
import assent.server.policy.book.PolicyVersion;
import assent.server.policy.document.PolicyDiff;
import assent.server.policy.document.PolicyDocument;
import assent.server.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The policy: the quick way to pause or open a country, the whole document, what would change, and earlier versions.
/// Nothing holds before its difference was shown and confirmed. Thread-safe.
final class PolicyPages {
    private static final String PATH = "/console/policy";
    private static final int VERSIONS_SHOWN = 20;

    private final Pages pages;
    private final PolicyBook book;

    PolicyPages(Pages pages, PolicyBook book) {
        this.pages = pages;
        this.book = book;
    }

    List<Route> routes() {
        return List.of(
                Route.needs(Permission.VIEW, Verb.GET, PATH, "Policy", request -> show(request, "", "")),
                Route.needs(
                        Permission.VIEW, Verb.GET, PATH + "/versions/{number}", "An earlier version", this::version),
                Route.needs(Permission.OPERATE, Verb.POST, PATH + "/preview", "What would change", this::preview),
                Route.needs(
                        Permission.OPERATE, Verb.POST, PATH + "/country", "What a country would change", this::country),
                Route.needs(Permission.OPERATE, Verb.POST, PATH + "/change", "Change the policy", this::change));
    }

    private Reply show(Request request, String kind, String said) throws StoreException {
        PolicyVersion current = book.current();
        Map<String, Object> values = values(request, kind, said);
        values.put("document", PolicyDocument.yaml(current.policy()));
        values.put("isCurrent", true);
        values.put("shown", Long.toString(current.number()));
        return pages.page("policy", request, values);
    }

    private Map<String, Object> values(Request request, String kind, String said) throws StoreException {
        PolicyVersion current = book.current();
        var activation = current.policy().activation();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("kind", kind);
        values.put("said", said);
        values.put("mayOperate", GatewayPages.mayOperate(request));
        values.put("version", Long.toString(current.number()));
        values.put("author", current.author());
        values.put("at", Times.shown(current.at()));
        values.put("reason", current.reason());
        values.put("state", activation.state().name());
        values.put("elsewhere", activation.elsewhere().name());
        values.put(
                "countries",
                activation.countries().entrySet().stream()
                        .map(one -> Map.of(
                                "code", Integer.toString(one.getKey()),
                                "state", activation.stateIn(one.getKey()).name()))
                        .toList());
        values.put(
                "versions",
                book.history(Long.MAX_VALUE, VERSIONS_SHOWN).stream()
                        .map(PolicyPages::row)
                        .toList());
        return values;
    }

    private static Map<String, String> row(PolicyVersion version) {
        return Map.of(
                "number", Long.toString(version.number()),
                "author", version.author(),
                "at", Times.shown(version.at()),
                "reason", version.reason());
    }

    private Reply version(Request request) throws StoreException {
        PolicyVersion found = book.version(number(request.parameter("number")))
                .orElseThrow(
                        () -> new Refusal(Problem.notFound("There is no such version. The policy page lists them.")));
        Map<String, Object> values = values(request, "", "");
        values.put("document", PolicyDocument.yaml(found.policy()));
        values.put("isCurrent", found.number() == book.current().number());
        values.put("shown", Long.toString(found.number()));
        return pages.page("policy", request, values);
    }

    private Reply country(Request request) throws StoreException {
        Map<String, String> form = request.form();
        try {
            Policy next = CountrySwitch.set(
                    book.current().policy(), form.getOrDefault("code", ""), form.getOrDefault("state", ""));
            return difference(request, next, "", form.getOrDefault("reason", ""));
        } catch (IllegalArgumentException e) {
            return show(request, "bad", String.valueOf(e.getMessage()));
        }
    }

    private Reply preview(Request request) throws StoreException {
        Map<String, String> form = request.form();
        String document = form.getOrDefault("document", "");
        long current = book.current().number();
        boolean isStale = form.containsKey("expected") && number(form.getOrDefault("expected", "")) != current;
        try {
            return difference(
                    request,
                    PolicyDocument.parse("policy", document),
                    isStale ? meanwhile(current) : "",
                    form.getOrDefault("reason", ""));
        } catch (ConfigException e) {
            String problems = e.problems().stream().map(Object::toString).collect(Collectors.joining("\n"));
            Map<String, Object> values = values(request, "bad", problems);
            values.put("document", document);
            values.put("isCurrent", true);
            values.put("shown", Long.toString(book.current().number()));
            return pages.page(400, "policy", request, values);
        }
    }

    /// What would change from the version that holds, with the button that makes it so.
    private Reply difference(Request request, Policy next, String trouble, String reason) {
        PolicyVersion current = book.current();
        List<Map<String, String>> changes = PolicyDiff.between(current.policy(), next).stream()
                .map(one -> Map.of(
                        "path", one.path(),
                        "before", one.before().orElse(""),
                        "after", one.after().orElse("")))
                .toList();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("changes", changes);
        values.put("expected", Long.toString(current.number()));
        values.put("document", PolicyDocument.json(next));
        values.put("reason", reason);
        values.put("trouble", trouble);
        return pages.page("policy-change", request, values);
    }

    private Reply change(Request request) throws StoreException {
        Map<String, String> form = request.form();
        String reason = form.getOrDefault("reason", "").strip();
        Policy next;
        try {
            next = PolicyDocument.parse("policy", form.getOrDefault("document", ""));
        } catch (ConfigException e) {
            throw new Refusal(Problem.invalid("The document that was confirmed cannot be read. Begin again."));
        }
        if (reason.isEmpty()) {
            return difference(request, next, "Give a reason: it stands in the history and in the audit log.", "");
        }
        var result = book.change(new Change(
                number(form.getOrDefault("expected", "")),
                next,
                request.caller().name(),
                request.from(),
                reason));
        return switch (result) {
            case Change.Result.Changed(var version) ->
                show(request, "good", "Version " + version.number() + " holds, on every gateway within a second.");
            case Change.Result.Conflict(var current) -> difference(request, next, meanwhile(current), reason);
            case Change.Result.Refused(var why) -> difference(request, next, why, reason);
        };
    }

    private static String meanwhile(long current) {
        return "Somebody made version " + current + " meanwhile. This is what your change would now do to it.";
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
