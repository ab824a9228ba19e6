package assent.server.admin;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.audit.AuditFilter;
import assent.server.cli.Keeper;
import assent.server.config.LogLevel;
import assent.server.support.AdminDoor;
import assent.server.support.TestGateway;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What operators ask of a running gateway by the API besides its policy and its devices.
class UpkeepTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private TestGateway gateway;

    @SuppressWarnings("NullAway.Init")
    private AdminDoor door;

    @BeforeEach
    void start() throws Exception {
        Path data = folder.resolve("data");
        gateway = TestGateway.start(
                data,
                Map.of(
                        "admin.enabled",
                        "yes",
                        "store.backup-folder",
                        folder.resolve("backups").toString()));
        door = AdminDoor.of(gateway.gateway(), data);
    }

    @AfterEach
    void stop() {
        door.close();
        gateway.close();
    }

    /// Stands for the command line.
    private static final class Recording implements Keeper {
        private final List<LogLevel> levels = new ArrayList<>();
        private Optional<String> wrong = Optional.empty();

        @Override
        public Reloaded reload() throws Exception {
            if (wrong.isPresent()) {
                throw new IllegalArgumentException(wrong.get());
            }
            return new Reloaded(List.of("tls.certificate"), List.of("listen.port"));
        }

        @Override
        public LogLevel logged() {
            return levels.isEmpty() ? LogLevel.WARN : levels.getLast();
        }

        @Override
        public void log(LogLevel level) {
            levels.add(level);
        }
    }

    @Test
    void aBackupIsBegunAndItsEndCanBeAskedFor() throws Exception {
        assertThat(json(door.get("/api/v1/backups", door.local()))
                        .path("underWay")
                        .asBoolean())
                .isFalse();

        var begun = door.send("POST", "/api/v1/backups", door.local(), Optional.of("{}"));

        assertThat(begun.statusCode()).isEqualTo(202);
        Awaitility.await()
                .until(() -> json(door.get("/api/v1/backups", door.local())).has("folder"));
        var made = json(door.get("/api/v1/backups", door.local()));
        assertThat(Path.of(made.path("folder").asString()).resolve("CURRENT")).exists();
        assertThat(actions()).contains("store.backup");
    }

    @Test
    void aReloadSaysWhatIsInEffectAndWhatWaitsForTheNextStart() throws Exception {
        gateway.gateway().keptBy(new Recording());

        var reloaded = json(door.send("POST", "/api/v1/reload", door.local(), Optional.of("{}")));

        assertThat(reloaded.path("inEffect").path(0).asString()).isEqualTo("tls.certificate");
        assertThat(reloaded.path("atNextStart").path(0).asString()).isEqualTo("listen.port");
        assertThat(actions()).contains("gateway.reload");
    }

    @Test
    void aReloadThatCannotBeDoneSaysWhy() throws Exception {
        var keeper = new Recording();
        keeper.wrong = Optional.of("the certificate has expired");
        gateway.gateway().keptBy(keeper);

        var refused = door.send("POST", "/api/v1/reload", door.local(), Optional.of("{}"));

        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("the certificate has expired");
    }

    @Test
    void howMuchIsLoggedChangesAtOnceAndOnlyToALevelThatThereIs() throws Exception {
        var keeper = new Recording();
        gateway.gateway().keptBy(keeper);

        var changed = door.send("PUT", "/api/v1/log-level", door.local(), Optional.of("{\"level\":\"debug\"}"));
        var unknown = door.send("PUT", "/api/v1/log-level", door.local(), Optional.of("{\"level\":\"chatty\"}"));

        assertThat(changed.statusCode()).isEqualTo(200);
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(keeper.levels).containsExactly(LogLevel.DEBUG);
        assertThat(json(door.get("/api/v1/log-level", door.local()))
                        .path("level")
                        .asString())
                .isEqualTo("debug");
        var entry = gateway.gateway()
                .desk()
                .audit()
                .newest(AuditFilter.ALL, Long.MAX_VALUE, 1)
                .getFirst()
                .event();
        assertThat(entry.before()).containsEntry("level", "warn");
        assertThat(entry.after()).containsEntry("level", "debug");
    }

    /// Whoever sends devices here looks at the readiness: nothing else would tell it before they are turned away.
    @Test
    void aGatewayThatIsDrainedIsNotReadyBeforeItStopsListening() throws Exception {
        assertThat(door.get("/health/ready", Map.of()).statusCode()).isEqualTo(200);

        var begun = door.send("POST", "/api/v1/drain", door.local(), Optional.of("{\"reason\":\"update\"}"));

        assertThat(begun.statusCode()).isEqualTo(202);
        var ready = door.get("/health/ready", Map.of());
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).contains("\"devices\":\"bad\"");
        assertThat(gateway.gateway().stopAsked().toCompletableFuture()).isDone();
        try (var phone = gateway.connect()) {
            phone.hello(); // nobody has closed it yet
        }
        var again = door.send("POST", "/api/v1/drain", door.local(), Optional.of("{\"reason\":\"update\"}"));
        assertThat(again.statusCode()).isEqualTo(409);
    }

    @Test
    void nobodyDoesAnyOfItWithoutBeingLetIn() throws Exception {
        for (String path : List.of("/api/v1/backups", "/api/v1/reload")) {
            assertThat(door.send("POST", path, Map.of(), Optional.of("{}")).statusCode())
                    .as(path)
                    .isEqualTo(401);
        }
        assertThat(folder.resolve("backups")).doesNotExist();
    }

    /// Prometheus reads what the table in `docs/operations.md` lists.
    @Test
    void metricsAreThereForWhoeverMaySeeThem() throws Exception {
        var metrics = door.get("/metrics", door.local());

        assertThat(metrics.statusCode()).isEqualTo(200);
        assertThat(metrics.body()).contains("# TYPE assent_connections_open gauge");
    }

    private List<String> actions() throws Exception {
        return gateway.gateway().desk().audit().newest(AuditFilter.ALL, Long.MAX_VALUE, 10).stream()
                .map(entry -> entry.event().action())
                .toList();
    }

    private static JsonNode json(HttpResponse<String> reply) {
        return JsonMapper.shared().readTree(reply.body());
    }
}
