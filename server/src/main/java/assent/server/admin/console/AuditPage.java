package assent.server.admin.console;

import assent.server.admin.access.Permission;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.audit.AuditEntry;
import assent.server.audit.AuditFilter;
import assent.server.audit.AuditLog;
import assent.server.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What operators did, the newest first. Thread-safe.
final class AuditPage {
    private static final int ROWS_MAX = 50;

    private final Pages pages;
    private final AuditLog audit;

    AuditPage(Pages pages, AuditLog audit) {
        this.pages = pages;
        this.audit = audit;
    }

    List<Route> routes() {
        return List.of(Route.needs(Permission.AUDIT, Verb.GET, "/console/audit", "Audit log", this::show));
    }

    private Reply show(Request request) throws StoreException {
        Optional<String> who = given(request, "who");
        Optional<String> action = given(request, "action");
        long before = request.query("before").map(AuditPage::number).orElse(Long.MAX_VALUE);
        var filter = new AuditFilter(who, action, Optional.empty(), Optional.empty());
        List<AuditEntry> entries = audit.newest(filter, before, ROWS_MAX);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("rows", entries.stream().map(AuditPage::row).toList());
        values.put("who", who.orElse(""));
        values.put("action", action.orElse(""));
        values.put(
                "older",
                entries.size() == ROWS_MAX ? Long.toString(entries.getLast().number()) : "");
        return pages.page("audit", request, values);
    }

    private static Optional<String> given(Request request, String name) {
        return request.query(name).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }

    private static Map<String, Object> row(AuditEntry entry) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("number", Long.toString(entry.number()));
        row.put("at", Times.shown(entry.at()));
        row.put("event", entry.event());
        row.put("changes", changes(entry));
        return row;
    }

    private static List<Map<String, String>> changes(AuditEntry entry) {
        Map<String, String> before = entry.event().before();
        Map<String, String> after = entry.event().after();
        var names = new LinkedHashSet<>(after.keySet());
        names.addAll(before.keySet());
        List<Map<String, String>> changes = new ArrayList<>();
        for (String name : names) {
            changes.add(Map.of(
                    "path", name,
                    "before", before.getOrDefault(name, ""),
                    "after", after.getOrDefault(name, "")));
        }
        return changes;
    }
}
