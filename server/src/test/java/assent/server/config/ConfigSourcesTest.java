package assent.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Where values come from, and which source wins.
final class ConfigSourcesTest {
    @TempDir
    private Path folder;

    @Test
    void withoutAnySourceTheDefaultsHold() {
        var config = load(Map.of(), Map.of()).config();
        assertThat(config.listen().port()).isEqualTo(7443);
        assertThat(config.session().heartbeat()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.store().mailboxBytesMax().bytes()).isEqualTo(16L << 20);
        assertThat(config.tls().certificate()).isEmpty();
        assertThat(config.carrier().password()).isEmpty();
        assertThat(config.data().keyFile()).isEqualTo(Path.of("data", "keys.txt"));
    }

    @Test
    void aFlagWinsOverTheEnvironmentThatOverTheFileThatOverTheDefault() throws IOException {
        Files.writeString(folder.resolve("assent.yaml"), """
                session:
                  heartbeat: 10s
                  grace: 10ms
                  hello-timeout: 5s
                """);
        var environment = Map.of("ASSENT_SESSION_HEARTBEAT", "20s", "ASSENT_SESSION_GRACE", "20ms");
        var loaded = load(environment, Map.of("session.heartbeat", "30s"));
        var session = loaded.config().session();
        assertThat(session.heartbeat()).isEqualTo(Duration.ofSeconds(30));
        assertThat(session.grace()).contains(Duration.ofMillis(20));
        assertThat(session.helloTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(session.handshakeTimeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(origin(loaded, "session.heartbeat")).isEqualTo("--session-heartbeat");
        assertThat(origin(loaded, "session.grace")).isEqualTo("ASSENT_SESSION_GRACE");
        assertThat(origin(loaded, "session.hello-timeout")).endsWith("assent.yaml:4:18");
        assertThat(origin(loaded, "session.handshake-timeout")).isEqualTo("default");
    }

    @Test
    void aBadValueIsRefusedAlsoWhereAStrongerSourceOverridesIt() throws IOException {
        Files.writeString(folder.resolve("assent.yaml"), "session: {heartbeat: soon}");
        assertThatThrownBy(() -> load(Map.of(), Map.of("session.heartbeat", "30s")))
                .isInstanceOf(ConfigException.class);
    }

    static List<Option> everyOption() {
        return Options.all();
    }

    /// Tells from where a value was taken by giving a bad one and reading whom the error blames.
    @ParameterizedTest
    @MethodSource("everyOption")
    void everyOptionIsReachableByFileEnvironmentAndFlag(Option option) throws IOException {
        String bad = "\0";
        assertThatThrownBy(() -> load(Map.of(option.environment(), bad), Map.of()))
                .hasMessageStartingWith(option.environment() + ": " + option.path());
        assertThatThrownBy(() -> load(Map.of(), Map.of(option.path(), bad)))
                .hasMessageContaining(option.flag().orElse(option.path()) + ": " + option.path());
        var yaml = new StringBuilder();
        String indent = "";
        for (String name : option.path().split("\\.", -1)) {
            yaml.append(indent).append(name).append(":\n");
            indent += "  ";
        }
        Files.writeString(folder.resolve("assent.yaml"), yaml);
        assertThatThrownBy(() -> load(Map.of(), Map.of())).hasMessageContaining(option.path() + " has no value");
    }

    @Test
    void aSecretHasNoFlagAndIsNotShown() {
        var loaded = load(Map.of("ASSENT_CARRIER_PASSWORD", "hunter2"), Map.of());
        assertThat(Options.at("carrier.password").orElseThrow().flag()).isEmpty();
        assertThat(loaded.config().carrier().password().orElseThrow().reveal()).isEqualTo("hunter2");
        assertThat(loaded.toString()).doesNotContain("hunter2").contains("(hidden)");
    }

    @Test
    void thePasswordCanStandInAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "hunter2\nand a note\n");
        var carrier = load(Map.of(), Map.of("carrier.password-file", file.toString()))
                .config()
                .carrier();
        assertThat(carrier.password().orElseThrow().reveal()).isEqualTo("hunter2");
        assertThatThrownBy(() -> load(
                        Map.of("ASSENT_CARRIER_PASSWORD", "hunter2"), Map.of("carrier.password-file", file.toString())))
                .hasMessageContaining("both set");
        assertThatThrownBy(() -> load(Map.of(), Map.of("carrier.password-file", "nowhere")))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void aVariableOfAnOptionThatIsPartOfThePolicyNowSaysWhereItWent() {
        assertThatThrownBy(() -> load(Map.of("ASSENT_ACTIVATION_COUNTRIES", "SG, CN"), Map.of()))
                .hasMessageContaining("ASSENT_ACTIVATION_COUNTRIES")
                .hasMessageContaining("'activation.countries'");
    }

    @Test
    void theEnvironmentMayNameTheFile() throws IOException {
        Files.writeString(folder.resolve("named.yaml"), "listen: {port: 0}");
        var config = load(Map.of("ASSENT_CONFIG", "named.yaml"), Map.of()).config();
        assertThat(config.listen().port()).isZero();
    }

    @Test
    void aFileThatOnlyCommentsChangesNothing() throws IOException {
        Files.writeString(folder.resolve("assent.yaml"), "# listen:\n#   port: 1\n");
        assertThat(load(Map.of(), Map.of()).config()).isEqualTo(GatewayConfig.of(Map.of()));
        Files.writeString(folder.resolve("assent.yaml"), "listen:\n#   port: 1\n");
        assertThat(load(Map.of(), Map.of()).config()).isEqualTo(GatewayConfig.of(Map.of()));
    }

    @Test
    void variablesOfTheLaunchersAreNotOptions() {
        assertThat(load(Map.of("ASSENT_JAVA_HOME", "/x", "HOME", "/y"), Map.of()))
                .isNotNull();
    }

    private LoadedConfig load(Map<String, String> environment, Map<String, String> flags) {
        return ConfigLoader.load(new ConfigSources(Optional.empty(), folder, environment, flags));
    }

    private static String origin(LoadedConfig loaded, String path) {
        return loaded.settings().stream()
                .filter(one -> one.option().path().equals(path))
                .findFirst()
                .orElseThrow()
                .origin()
                .shown();
    }
}
