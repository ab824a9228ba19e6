package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.config.LogLevel;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// `gateway store backup`, `gateway reload` and `gateway log-level`, against a running gateway.
class UpkeepCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    private TestGateway start(Map<String, String> options) throws Exception {
        var all = new HashMap<>(options);
        all.put("admin.enabled", "yes");
        return TestGateway.start(folder.resolve("data"), all);
    }

    private String run(int expected, String... args) {
        var all = new ArrayList<>(List.of(args));
        all.add("--data-folder=data");
        line = new CommandLineFixture(folder);
        int code = line.run(all.toArray(String[]::new));
        assertThat(code).as("%s%s", line.out, line.err).isEqualTo(expected);
        return line.out.toString();
    }

    @Test
    void aBackupIsMadeAndItsFolderPrinted() throws Exception {
        Path backups = folder.resolve("backups");
        try (var _ = start(Map.of("store.backup-folder", backups.toString()))) {
            var made = JsonMapper.shared().readTree(run(0, "store", "backup", "-o", "json"));

            Path backup = Path.of(made.path("folder").asString());
            assertThat(backup).hasParent(backups);
            assertThat(backup.resolve("CURRENT")).exists();
        }
    }

    @Test
    void withoutAFolderForBackupsTheCommandFailsAndSaysWhatToSet() throws Exception {
        try (var _ = start(Map.of())) {
            run(1, "store", "backup");

            assertThat(line.err.toString()).contains("Set store.backup-folder");
        }
    }

    @Test
    void theGatewayReloadsAndLogsAsMuchAsItIsTold() throws Exception {
        var levels = new ArrayList<LogLevel>();
        try (TestGateway gateway = start(Map.of())) {
            gateway.gateway().keptBy(new Keeper() {
                @Override
                public Reloaded reload() {
                    return new Reloaded(List.of("log.level"), List.of());
                }

                @Override
                public LogLevel logged() {
                    return levels.isEmpty() ? LogLevel.WARN : levels.getLast();
                }

                @Override
                public void log(LogLevel level) {
                    levels.add(level);
                }
            });

            assertThat(run(0, "reload")).containsPattern("log.level +nothing");
            assertThat(run(0, "log-level")).contains("warn");
            assertThat(run(0, "log-level", "debug")).contains("debug");
            assertThat(run(0, "log-level", "-o", "json")).contains("{\"level\":\"debug\"}");
            run(2, "log-level", "chatty");
        }
        assertThat(levels).containsExactly(LogLevel.DEBUG);
    }

    @Test
    void theGatewayIsListedAndAnotherThatIsNotThereIsNotDrained() throws Exception {
        try (TestGateway gateway = start(Map.of())) {
            assertThat(run(0, "gateways"))
                    .contains("ready", ":" + gateway.address().getPort());
            run(1, "drain", "--gateway", "0".repeat(32), "--reason", "update");

            assertThat(line.err.toString()).contains("No gateway has this id");
            assertThat(gateway.gateway().stopAsked().toCompletableFuture()).isNotDone();
        }
    }

    @Test
    void aReloadOfAGatewayThatAnotherProgramRunsIsRefused() throws Exception {
        try (var _ = start(Map.of())) {
            run(1, "reload");

            assertThat(line.err.toString()).contains("another program runs it");
        }
    }
}
