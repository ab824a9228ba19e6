package assent.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What people are told when their configuration is wrong.
final class ConfigErrorsTest {
    @TempDir
    private Path folder;

    @Test
    void anUnknownKeyIsRefusedWithItsPlaceAndTheNameThatWasMeant() {
        assertThat(problemsOf("session:\n  hartbeat: 30s\n")).singleElement().satisfies(problem -> {
            assertThat(problem.where()).endsWith("assent.yaml:2:3");
            assertThat(problem.what()).contains("\"hartbeat\"", "expected one of", "heartbeat");
            assertThat(problem.next()).contains("Did you mean 'heartbeat'?");
        });
    }

    @Test
    void aKeyInTheWrongSectionIsSentToTheRightOne() {
        assertThat(problemsOf("listen:\n  heartbeat: 30s\n"))
                .singleElement()
                .satisfies(problem -> assertThat(problem.next()).contains("'session.heartbeat'"));
    }

    @ParameterizedTest
    @CsvSource({
        "soon, is \"soon\"",
        "30, is \"30\"",
        "10ms, too small",
        "2h, too large",
        "99999999999999999999d, is \"",
        "-5s, is \"-5s\"",
        "'[30s]', is a list",
        "'{a: 30s}', is a section",
        "'', has no value"
    })
    void aBadDurationIsRefusedWithWhatWasExpected(String value, String found) {
        assertThat(problemsOf("session:\n  heartbeat: " + value + "\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).contains("assent.yaml:2:");
                    assertThat(problem.what()).startsWith("session.heartbeat ").contains(found, "from 1s to 1h");
                    assertThat(problem.next()).contains("remove it to use 1m");
                });
    }

    @ParameterizedTest
    @CsvSource({
        "listen.port, 65536",
        "listen.port, -1",
        "listen.port, 07x",
        "listen.host, a b",
        "store.mailbox-bytes-max, 16",
        "store.mailbox-bytes-max, 1KiB",
        "store.mailbox-bytes-max, 99999999999TiB",
        "carrier.service-number, twelve",
        "carrier.system-id, a-name-that-is-too-long",
        "carrier.password, ninechars",
        "log.level, chatty"
    })
    void aValueOutOfBoundsIsRefused(String path, String value) {
        var failure = catchThrowableOfType(ConfigException.class, () -> GatewayConfig.of(Map.of(path, value)));
        assertThat(failure.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.option()).isEqualTo(path));
    }

    @Test
    void aKeyThatStandsTwiceIsRefusedWithBothPlaces() {
        assertThat(problemsOf("listen:\n  port: 1\n  port: 2\n"))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.where()).contains("assent.yaml:3:3");
                    assertThat(problem.what()).contains("second time", "line 2");
                });
    }

    @Test
    void everyProblemIsReportedAtOnce() {
        var sources = new ConfigSources(
                Optional.empty(),
                write("listen:\n  port: x\ncarier: {}\n"),
                Map.of("ASSENT_SESSION_GRACE", "x", "ASSENT_NONSENSE", "x"),
                Map.of("log.level", "x"));
        assertThat(problemsOf(sources).stream().map(Problem::where).map(where -> where.replaceFirst(".*/", "")))
                .containsExactly(
                        "assent.yaml:2:9", "assent.yaml:3:1", "ASSENT_NONSENSE", "ASSENT_SESSION_GRACE", "--log-level");
    }

    @ParameterizedTest
    @CsvSource({
        "'a: b: c', 1",
        "'listen:\n\tport: 1', 2",
        "'listen: {port: 1', 1",
        "'listen: *other', 1",
        "'- listen', 1",
        "'just words', 1",
        "'listen: {port: 1}\n---\nlisten: {port: 2}', 2"
    })
    void whatIsNoSectionsInYamlIsRefusedWithItsLine(String yaml, int line) {
        assertThat(problemsOf(yaml))
                .singleElement()
                .satisfies(problem -> assertThat(problem.where())
                        .containsPattern(
                                "assent\\.yaml:" + (line == 1 ? "[12]" : "[" + line + (line + 1) + "]") + ":"));
    }

    @Test
    void deepNestingIsRefusedAndNotFollowed() {
        assertThat(problemsOf("[".repeat(5000))).hasSize(1);
        assertThat(problemsOf("listen: " + "{a: ".repeat(500))).hasSize(1);
    }

    @Test
    void bytesThatAreNoTextAreRefused() throws IOException {
        Files.write(folder.resolve("assent.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThat(problemsOf(new ConfigSources(Optional.empty(), folder, Map.of(), Map.of())))
                .singleElement()
                .satisfies(problem -> assertThat(problem.what()).contains("not UTF-8"));
    }

    @Test
    void aNamedFileMustExist() {
        var sources = new ConfigSources(Optional.of(Path.of("other.yaml")), folder, Map.of(), Map.of());
        assertThat(problemsOf(sources))
                .singleElement()
                .satisfies(
                        problem -> assertThat(problem.toString()).contains("other.yaml", "does not exist", "--config"));
    }

    @Test
    void aSecretIsNeverRepeated() {
        for (String yaml : List.of(
                "carrier: hunter2",
                "carrier: [hunter2]",
                "carrier: {password: hunter2hunter2}",
                "carrier: {password: [hunter2]}",
                "carrier: {password: {hunter2: x}}",
                "carrier: {password: hunter2: x",
                "carrier: {password: *hunter2}",
                "carrier: {passwort: hunter2}",
                "carrier: {password: hunter2}\nlisten: {port: x}")) {
            assertThat(problemsOf(yaml))
                    .isNotEmpty()
                    .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("hunter2"));
        }
        var sources =
                new ConfigSources(Optional.empty(), folder, Map.of("ASSENT_CARRIER_PASSWORT", "hunter2"), Map.of());
        assertThat(problemsOf(sources).toString())
                .contains("ASSENT_CARRIER_PASSWORD")
                .doesNotContain("hunter2");
    }

    private List<Problem> problemsOf(String yaml) {
        return problemsOf(new ConfigSources(Optional.empty(), write(yaml), Map.of(), Map.of()));
    }

    private static List<Problem> problemsOf(ConfigSources sources) {
        return catchThrowableOfType(ConfigException.class, () -> ConfigLoader.load(sources))
                .problems();
    }

    private Path write(String yaml) {
        try {
            Files.writeString(folder.resolve("assent.yaml"), yaml);
            return folder;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "activation.methods, activation.methods",
        "activation.notices, notice.texts",
        "activation.challenge.sms-per-number-max, sms.per-number.max",
        "activation.renewal.deadline, notice.renewal",
        "session.fallback.deadline-min, messages.fallback-deadline-min",
        "store.message-lifetime-max, messages.lifetime-max"
    })
    void anOptionThatIsPartOfThePolicyNowSaysWhereItWent(String path, String now) {
        var failure = catchThrowableOfType(ConfigException.class, () -> GatewayConfig.of(Map.of(path, "x")));

        assertThat(failure).hasMessageContaining("'" + now + "'").hasMessageContaining("policy.initial-file");
    }

    @Test
    void aSectionThatHasMovedSaysSoAtEachOfItsLines() {
        assertThat(problemsOf("activation:\n  methods: [SMS_CODE]\nsession:\n  fallback: {deadline-min: 1s}\n"))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem.next()).contains("part of the policy now"))
                .first()
                .satisfies(problem -> assertThat(problem.where()).contains("assent.yaml:1:"));
    }
}
