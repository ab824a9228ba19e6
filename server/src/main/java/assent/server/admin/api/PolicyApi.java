package assent.server.admin.api;

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
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/// The policy and its versions. Thread-safe.
public final class PolicyApi {
    private static final String POLICY = "/api/v1/policy";
    private static final String VERSION = POLICY + "/versions/{version}";

    /// Versions in one answer.
    private static final int PAGE_MAX = 200;

    private static final int PAGE = 20;

    private final PolicyBook book;

    public PolicyApi(PolicyBook book) {
        this.book = book;
    }

    public List<Route> routes() {
        return List.of(
                Route.needs(
                        Permission.VIEW,
                        Verb.GET,
                        POLICY,
                        "The policy that holds, with its version",
                        request -> Reply.json(whole(book.current()))),
                Route.needs(
                        Permission.OPERATE,
                        Verb.PUT,
                        POLICY,
                        "Change the policy, if nobody has changed it meanwhile",
                        this::change),
                Route.needs(
                        Permission.VIEW, Verb.GET, POLICY + "/versions", "Versions, the newest first", this::history),
                Route.needs(Permission.VIEW, Verb.GET, VERSION, "One version with its policy", this::version),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        VERSION + "/restore",
                        "Let an earlier version hold again, as a new one",
                        this::restore),
                Route.needs(
                        Permission.VIEW,
                        Verb.GET,
                        POLICY + "/diff",
                        "What changed from one version to another",
                        this::diff),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        POLICY + "/check",
                        "What a document would change; changes nothing",
                        this::check));
    }

    private static Map<String, Object> head(PolicyVersion version) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", version.number());
        fields.put("author", version.author());
        fields.put("reason", version.reason());
        fields.put("at", version.at().toString());
        version.restores().ifPresent(earlier -> fields.put("restores", earlier));
        return fields;
    }

    private static Map<String, Object> whole(PolicyVersion version) {
        var fields = head(version);
        fields.put("policy", JsonMapper.shared().readTree(PolicyDocument.json(version.policy())));
        fields.put("yaml", PolicyDocument.yaml(version.policy()));
        return fields;
    }

    private Reply history(Request request) throws StoreException {
        long before = Numbers.query(request, "before", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        int count = (int) Numbers.query(request, "count", 1, PAGE_MAX, PAGE);
        return Reply.json(
                book.history(before, count).stream().map(PolicyApi::head).toList());
    }

    private Reply version(Request request) throws StoreException {
        return Reply.json(whole(find(Numbers.of(request.parameter("version"), "The version"))));
    }

    private PolicyVersion find(long number) throws StoreException {
        return book.version(number)
                .orElseThrow(() -> new Refusal(Problem.notFound("There is no version " + number
                        + " of the policy. The newest is " + book.current().number() + ".")));
    }

    private Reply diff(Request request) throws StoreException {
        long newest = book.current().number();
        PolicyVersion to = find(Numbers.query(request, "to", 1, Long.MAX_VALUE, newest));
        PolicyVersion from = find(Numbers.query(request, "from", 1, Long.MAX_VALUE, Math.max(1, to.number() - 1)));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", from.number());
        fields.put("to", to.number());
        fields.put("changes", shown(PolicyDiff.between(from.policy(), to.policy())));
        return Reply.json(fields);
    }

    private static List<Map<String, Object>> shown(List<PolicyDiff.Change> changes) {
        return changes.stream()
                .map(change -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("path", change.path());
                    change.before().ifPresent(value -> fields.put("before", value));
                    change.after().ifPresent(value -> fields.put("after", value));
                    return fields;
                })
                .toList();
    }

    private Reply check(Request request) {
        Policy next = read(Body.of(request, Set.of("document")).text("document"));
        PolicyVersion now = book.current();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("version", now.number());
        fields.put("changes", shown(PolicyDiff.between(now.policy(), next)));
        return Reply.json(fields);
    }

    private static Policy read(String document) {
        try {
            return PolicyDocument.parse("policy", document);
        } catch (ConfigException e) {
            throw new Refusal(Problem.invalid(String.valueOf(e.getMessage())));
        }
    }

    private Reply change(Request request) throws StoreException {
        Body body = Body.of(request, Set.of("expected", "reason", "document"));
        long expected = Numbers.of(body.text("expected"), "The field \"expected\"");
        return reply(book.change(new Change(
                expected, read(body.text("document")), request.caller().name(), request.from(), body.text("reason"))));
    }

    private Reply restore(Request request) throws StoreException {
        Body body = Body.of(request, Set.of("expected", "reason"));
        return reply(book.restore(
                Numbers.of(body.text("expected"), "The field \"expected\""),
                Numbers.of(request.parameter("version"), "The version"),
                request.caller().name(),
                request.from(),
                body.text("reason")));
    }

    private static Reply reply(Change.Result result) {
        return switch (result) {
            case Change.Result.Changed(var version) -> Reply.json(head(version));
            case Change.Result.Conflict(var current) ->
                Problem.conflict("Version " + current + " of the policy holds by now. Look at what was changed, and"
                                + " make your change from it.")
                        .reply();
            case Change.Result.Refused(var why) -> Problem.invalid(why).reply();
        };
    }
}
