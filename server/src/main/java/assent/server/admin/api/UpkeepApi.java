package assent.server.admin.api;

import assent.server.admin.access.Permission;
import assent.server.admin.desk.UpkeepDesk;
import assent.server.admin.http.Problem;
import assent.server.admin.http.Refusal;
import assent.server.admin.http.Reply;
import assent.server.admin.http.Request;
import assent.server.admin.http.Route;
import assent.server.admin.http.Verb;
import assent.server.config.LogLevel;
import assent.server.store.Backups;
import assent.server.store.StoreException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Backups, reloading, and how much is logged. Thread-safe.
public final class UpkeepApi {
    private static final String BACKUPS = "/api/v1/backups";
    private static final String LOG_LEVEL = "/api/v1/log-level";

    private final UpkeepDesk desk;

    public UpkeepApi(UpkeepDesk desk) {
        this.desk = desk;
    }

    public List<Route> routes() {
        return List.of(
                Route.needs(
                        Permission.OPERATE, Verb.POST, BACKUPS, "Begin a backup of the embedded store", this::backUp),
                Route.needs(Permission.VIEW, Verb.GET, BACKUPS, "The backup that was begun last", request -> backup()),
                Route.needs(
                        Permission.OPERATE,
                        Verb.POST,
                        "/api/v1/reload",
                        "Read configuration and certificate again",
                        this::reload),
                Route.needs(Permission.VIEW, Verb.GET, LOG_LEVEL, "How much is logged now", request -> logged()),
                Route.needs(
                        Permission.OPERATE,
                        Verb.PUT,
                        LOG_LEVEL,
                        "Change how much is logged until the next reload or start",
                        this::log));
    }

    private Reply backUp(Request request) throws StoreException {
        try {
            desk.beginBackup(DeviceApi.actor(request));
        } catch (UpkeepDesk.NotDone e) {
            return refused(e);
        }
        return Reply.json(202, fields());
    }

    private Reply backup() {
        return Reply.json(fields());
    }

    private Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("underWay", desk.backups().isUnderWay());
        desk.backups().last().ifPresent(result -> {
            switch (result) {
                case Backups.Result.Made(var backup) -> {
                    fields.put("folder", backup.folder().toString());
                    fields.put("bytes", backup.bytes());
                    fields.put("at", backup.at().toString());
                    fields.put("seconds", backup.took().toMillis() / 1_000.0);
                }
                case Backups.Result.Failed(var why) -> fields.put("failure", why);
            }
        });
        return fields;
    }

    private Reply reload(Request request) throws StoreException {
        try {
            var reloaded = desk.reload(DeviceApi.actor(request));
            return Reply.json(Map.of("inEffect", reloaded.inEffect(), "atNextStart", reloaded.atNextStart()));
        } catch (UpkeepDesk.NotDone e) {
            return refused(e);
        }
    }

    private Reply logged() {
        try {
            return level(desk.logged());
        } catch (UpkeepDesk.NotDone e) {
            return refused(e);
        }
    }

    private static Reply level(LogLevel level) {
        return Reply.json(Map.of("level", level.name().toLowerCase(Locale.ROOT)));
    }

    private Reply log(Request request) throws StoreException {
        LogLevel level = level(Body.of(request, Set.of("level")).text("level"));
        try {
            desk.log(level, DeviceApi.actor(request));
            return level(level);
        } catch (UpkeepDesk.NotDone e) {
            return refused(e);
        }
    }

    private static LogLevel level(String name) {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new Refusal(Problem.invalid(
                        "The field \"level\" names no level; expected error, warn, info, debug or trace.")));
    }

    private static Reply refused(UpkeepDesk.NotDone why) {
        return Problem.conflict(String.valueOf(why.getMessage())).reply();
    }
}
