package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.config.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What an operator sees of `gateway serve`, and what the process ends with.
final class ServeCommandTest {
    @TempDir
    private Path folder;

    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    @BeforeEach
    void inAnEmptyFolder() {
        line = new CommandLineFixture(folder);
    }

    @Test
    void servingAnnouncesAddressAndFingerprintAndEndsWithZeroWhenStopped() {
        line.stop.complete(null);
        assertThat(line.run("serve", "--listen-port", "0", "--session-heartbeat=45s"))
                .isZero();
        assertThat(line.started).singleElement().satisfies(config -> {
            assertThat(config.listen().port()).isZero();
            assertThat(config.session().heartbeat()).hasSeconds(45);
        });
        assertThat(line.out.toString().lines()).singleElement().asString().contains("127.0.0.1:4321", "SHA-256 ");
    }

    @Test
    void forProgramsTheAnnouncementIsOneLineOfJson() {
        line.stop.complete(null);
        assertThat(line.run("serve", "-o", "json")).isZero();
        var said = JsonMapper.shared().readTree(line.out.toString());
        assertThat(said.get("event").asString()).isEqualTo("listening");
        assertThat(said.get("host").asString()).isEqualTo("127.0.0.1");
        assertThat(said.get("port").asInt()).isEqualTo(4321);
        assertThat(Path.of(said.get("certificateFile").asString())).isAbsolute().exists();
        assertThat(said.get("certificateSha256").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void everyOptionThatIsNoSecretIsAFlagOfServeAndCheck() {
        for (String command : List.of("serve", "check")) {
            var spec = Objects.requireNonNull(line.line().getSubcommands().get(command))
                    .getCommandSpec();
            assertThat(Options.all())
                    .allSatisfy(option -> assertThat(option.flag()
                                    .map(flag -> spec.findOption(flag) != null)
                                    .orElse(spec.findOption("--" + option.path().replace('.', '-')) == null))
                            .as(option.path())
                            .isTrue());
        }
    }

    @Test
    void aGatewayThatCannotStartIsOneSentenceAndExitCodeOne() {
        int code = GatewayCommandLine.create(
                        _ -> {
                            throw new IllegalStateException("port 7443 is taken; stop the other program");
                        },
                        _ -> line.doctor,
                        line.stores,
                        line.around())
                .execute("serve");
        assertThat(code).isEqualTo(1);
        assertThat(line.err.toString())
                .isEqualTo("gateway: port 7443 is taken; stop the other program" + System.lineSeparator());
        assertThat(line.out.toString()).isEmpty();
    }

    @Test
    void aGatewayThatCannotGoOnIsClosedAndEndsWithOne() {
        line.failure.complete(new IllegalStateException("a sync failed"));
        var closed = new CountDownLatch(1);
        line.whenClosed = closed::countDown;
        assertThat(line.run("serve")).isEqualTo(1);
        assertThat(closed.getCount()).isZero();
        assertThat(line.err.toString()).contains("a sync failed");
    }

    @Test
    void aGatewayThatDoesNotStopInTimeIsLeftBehindAndEndsWithOne() {
        line.stop.complete(null);
        var never = new CountDownLatch(1);
        line.whenClosed = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(line.run("serve", "--listen-shutdown-timeout", "100ms")).isEqualTo(1);
        assertThat(line.err.toString()).contains("did not stop within 1100 ms", "listen.shutdown-timeout");
        never.countDown();
    }

    @Test
    void aWrongConfigurationEndsWithTwoAndStartsNothing() {
        line.environment.put("ASSENT_LISTEN_PORT", "x");
        assertThat(line.run("serve")).isEqualTo(2);
        assertThat(line.started).isEmpty();
        assertThat(line.err.toString()).startsWith("gateway: ASSENT_LISTEN_PORT: listen.port is \"x\"");
    }

    @Test
    void aWrongFlagEndsWithTwoAndNamesTheOneThatWasMeant() {
        assertThat(line.run("serve", "--hartbeat", "5s")).isEqualTo(2);
        assertThat(line.err.toString().lines())
                .singleElement()
                .asString()
                .contains("--hartbeat", "--session-heartbeat", "--help");
        assertThat(line.run("serve", "--listen-port", "1", "--listen-port", "2"))
                .isEqualTo(2);
        assertThat(line.run("sevre")).isEqualTo(2);
        assertThat(line.run("serve", "--config", "nowhere.yaml")).isEqualTo(2);
    }

    @Test
    void aSecretGivenAsAFlagIsRefusedAndNotRepeated() {
        assertThat(line.run("serve", "--carrier-password", "hunter2")).isEqualTo(2);
        assertThat(line.run("serve", "--carrier-password=hunter2")).isEqualTo(2);
        assertThat(line.err.toString()).contains("ASSENT_CARRIER_PASSWORD").doesNotContain("hunter2");
    }

    @Test
    void helpVersionAndCompletionAreThere() {
        assertThat(line.run("help", "serve")).isZero();
        assertThat(line.run("--version")).isZero();
        assertThat(line.run("generate-completion")).isZero();
        assertThat(line.out.toString()).contains("--session-heartbeat", "Exit codes", "Assent gateway", "complete -");
    }
}
