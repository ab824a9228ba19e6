package assent.server.admin.api;

import assent.server.admin.access.Permission;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.audit.AuditEntry;
import assent.server.audit.AuditEvent;
import assent.server.audit.AuditFilter;
import assent.server.audit.AuditLog;
import assent.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The audit log, to look at and to take away. Thread-safe.
public final class AuditApi {
    private static final int PAGE_MAX = 500;
    private static final int PAGE = 50;

    private final AuditLog log;

    public AuditApi(AuditLog log) {
        this.log = log;
    }

    public List<Route> routes() {
        return List.of(
                Route.needs(
                        Permission.AUDIT, Verb.GET, "/api/v1/audit", "Audit entries, the newest first", this::entries),
                Route.needs(
                        Permission.AUDIT,
                        Verb.GET,
                        "/api/v1/audit/export",
                        "The whole audit log with its signed anchor, one JSON object a line",
                        this::export));
    }

    private Reply entries(Request request) throws StoreException {
        var filter = new AuditFilter(
                request.query("who"), request.query("action"), time(request, "from"), time(request, "until"));
        long before = Numbers.query(request, "before", 1, Long.MAX_VALUE, Long.MAX_VALUE);
        int count = (int) Numbers.query(request, "count", 1, PAGE_MAX, PAGE);
        return Reply.json(
                log.newest(filter, before, count).stream().map(AuditApi::json).toList());
    }

    private static JsonNode json(AuditEntry entry) {
        return JsonMapper.shared().readTree(entry.line());
    }

    private static Optional<Instant> time(Request request, String name) {
        return request.query(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw new Refusal(Problem.invalid("The parameter \"" + name
                        + "\" is no time in UTC; expected one such as 2027-01-31T00:00:00Z."));
            }
        });
    }

    /// Who takes the log away is in it.
    private Reply export(Request request) throws StoreException {
        log.append(new AuditEvent(
                request.caller().name(),
                request.from(),
                "audit.export",
                "the audit log",
                Map.of(),
                Map.of(),
                "",
                AuditEvent.DONE));
        return new Reply.Parts(
                "application/jsonl",
                Map.of("content-disposition", "attachment; filename=\"assent-audit.jsonl\""),
                sink -> log.export(line -> sink.part((line + "\n").getBytes(StandardCharsets.UTF_8))));
    }
}
