package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.config.GatewayConfig;
import assent.server.config.Option;
import assent.server.config.Options;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsIdentity;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// What an operator sees on the command line, and what the process ends with.
final class GatewayCommandLineTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();
    private final CompletableFuture<Void> stop = new CompletableFuture<>();
    private final List<GatewayConfig> started = new ArrayList<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private Runnable whenClosed = () -> {};

    @Test
    void servingAnnouncesAddressAndFingerprintAndEndsWithZeroWhenStopped() {
        stop.complete(null);
        assertThat(run("serve", "--listen-port", "0", "--session-heartbeat=45s"))
                .isZero();
        assertThat(started).singleElement().satisfies(config -> {
            assertThat(config.listen().port()).isZero();
            assertThat(config.session().heartbeat()).hasSeconds(45);
        });
        assertThat(out.toString().lines()).singleElement().asString().contains("127.0.0.1:4321", "SHA-256 ");
    }

    @Test
    void forProgramsTheAnnouncementIsOneLineOfJson() {
        stop.complete(null);
        assertThat(run("serve", "-o", "json")).isZero();
        var line = JsonMapper.shared().readTree(out.toString());
        assertThat(line.get("event").asString()).isEqualTo("listening");
        assertThat(line.get("host").asString()).isEqualTo("127.0.0.1");
        assertThat(line.get("port").asInt()).isEqualTo(4321);
        assertThat(Path.of(line.get("certificateFile").asString())).isAbsolute().exists();
        assertThat(line.get("certificateSha256").asString()).matches("[0-9a-f]{64}");
    }

    @Test
    void everyOptionThatIsNoSecretIsAFlagOfServeAndCheck() {
        for (String command : List.of("serve", "check")) {
            var spec =
                    Objects.requireNonNull(line().getSubcommands().get(command)).getCommandSpec();
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
                        around())
                .execute("serve");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString())
                .isEqualTo("gateway: port 7443 is taken; stop the other program" + System.lineSeparator());
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void aGatewayThatCannotGoOnIsClosedAndEndsWithOne() {
        failure.complete(new IllegalStateException("a sync failed"));
        var closed = new CountDownLatch(1);
        whenClosed = closed::countDown;
        assertThat(run("serve")).isEqualTo(1);
        assertThat(closed.getCount()).isZero();
        assertThat(err.toString()).contains("a sync failed");
    }

    @Test
    void aGatewayThatDoesNotStopInTimeIsLeftBehindAndEndsWithOne() {
        stop.complete(null);
        var never = new CountDownLatch(1);
        whenClosed = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        assertThat(run("serve", "--listen-shutdown-timeout", "100ms")).isEqualTo(1);
        assertThat(err.toString()).contains("did not stop within 1100 ms", "listen.shutdown-timeout");
        never.countDown();
    }

    @Test
    void aWrongConfigurationEndsWithTwoAndStartsNothing() {
        environment.put("ASSENT_LISTEN_PORT", "x");
        assertThat(run("serve")).isEqualTo(2);
        assertThat(started).isEmpty();
        assertThat(err.toString()).startsWith("gateway: ASSENT_LISTEN_PORT: listen.port is \"x\"");
    }

    @Test
    void aWrongFlagEndsWithTwoAndNamesTheOneThatWasMeant() {
        assertThat(run("serve", "--hartbeat", "5s")).isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .contains("--hartbeat", "--session-heartbeat", "--help");
        assertThat(run("serve", "--listen-port", "1", "--listen-port", "2")).isEqualTo(2);
        assertThat(run("sevre")).isEqualTo(2);
        assertThat(run("serve", "--config", "nowhere.yaml")).isEqualTo(2);
    }

    @Test
    void aSecretGivenAsAFlagIsRefusedAndNotRepeated() {
        assertThat(run("serve", "--carrier-password", "hunter2")).isEqualTo(2);
        assertThat(run("serve", "--carrier-password=hunter2")).isEqualTo(2);
        assertThat(err.toString()).contains("ASSENT_CARRIER_PASSWORD").doesNotContain("hunter2");
    }

    @Test
    void checkingShowsEveryValueWithItsOriginAndMakesNothing() {
        environment.put("ASSENT_CARRIER_PASSWORD", "hunter2");
        assertThat(run("check", "--listen-port", "1")).isZero();
        assertThat(out.toString())
                .containsPattern("listen\\.port +1 +--listen-port")
                .containsPattern("carrier\\.password +\\(hidden\\) +ASSENT_CARRIER_PASSWORD")
                .contains("is valid")
                .doesNotContain("hunter2");
        for (Option option : Options.all()) {
            assertThat(out.toString()).contains(option.path() + " ");
        }
        assertThat(folder).isEmptyDirectory();
        assertThat(started).isEmpty();
    }

    @Test
    void checkingLooksAtTheFiles() throws Exception {
        Path keys = Files.createFile(
                folder.resolve("keys.txt"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));
        Path file = Files.writeString(folder.resolve("a-file"), "");
        Path empty = Files.createDirectory(folder.resolve("empty"));
        int code = run(
                "check",
                "-o",
                "json",
                "--data-folder=" + file.resolve("data"),
                "--data-key-file=" + keys,
                "--tls-certificate=" + file,
                "--tls-key=" + file,
                "--activation-notices=" + empty);
        assertThat(code).isEqualTo(2);
        var answer = JsonMapper.shared().readTree(out.toString());
        assertThat(answer.get("valid").asBoolean()).isFalse();
        assertThat(answer.get("settings").size()).isEqualTo(Options.all().size());
        assertThat(answer.get("problems")
                        .valueStream()
                        .map(problem -> problem.get("option").asString()))
                .containsExactly("data.folder", "data.key-file", "tls.certificate", "activation.notices");
        assertThat(answer.toString()).contains("chmod 600").contains("no certificate in");
    }

    @Test
    void helpVersionAndCompletionAreThere() {
        assertThat(run("help", "serve")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(run("generate-completion")).isZero();
        assertThat(out.toString()).contains("--session-heartbeat", "Exit codes", "Assent gateway", "complete -");
    }

    private int run(String... args) {
        return line().execute(args);
    }

    private picocli.CommandLine line() {
        return GatewayCommandLine.create(this::start, around());
    }

    private Surroundings around() {
        return new Surroundings(
                environment,
                folder,
                new PrintWriter(out, true),
                new PrintWriter(err, true),
                Clock.systemUTC(),
                () -> stop);
    }

    private RunningGateway start(GatewayConfig config) throws Exception {
        started.add(config);
        TlsIdentity identity = new DevelopmentCertificate(folder, Clock.systemUTC()).obtain();
        return new RunningGateway() {
            @Override
            public InetSocketAddress address() {
                return new InetSocketAddress(InetAddress.getLoopbackAddress(), 4321);
            }

            @Override
            public TlsIdentity identity() {
                return identity;
            }

            @Override
            public CompletionStage<Throwable> failure() {
                return failure;
            }

            @Override
            public void close() {
                whenClosed.run();
            }
        };
    }
}
