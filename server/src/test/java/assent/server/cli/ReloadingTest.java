package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.config.LogLevel;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsIdentity;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// When a configuration is read again, and what is said of it.
final class ReloadingTest {
    private static final Duration OFTEN = Duration.ofMillis(10);

    @TempDir
    private Path folder;

    private final List<GatewayConfig> taken = Collections.synchronizedList(new ArrayList<>());

    private boolean isRefusing;

    private RunningGateway gateway() throws Exception {
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
            public void take(GatewayConfig config) {
                if (isRefusing) {
                    throw new IllegalStateException("the certificate is not there");
                }
                taken.add(config);
            }

            @Override
            public void close() {}
        };
    }

    private Reload reload() throws Exception {
        var line = new CommandLineFixture(folder);
        var parsed = line.line().parseArgs("serve");
        var spec = parsed.subcommand().commandSpec();
        return new Reload(
                gateway(), () -> ConfigFlags.load(spec, line.around()), ConfigFlags.load(spec, line.around()));
    }

    private void write(String yaml) throws Exception {
        Files.writeString(folder.resolve("assent.yaml"), yaml);
    }

    @Test
    void aReloadSaysWhatIsInEffectAndWhatWaitsForTheNextStart() throws Exception {
        write("log: {level: INFO}");
        var reload = reload();

        write("log: {level: WARN}\nsession: {heartbeat: 45s}");
        Keeper.Reloaded reloaded = reload.reload();

        assertThat(reloaded.inEffect()).containsExactly("log.level");
        assertThat(reloaded.atNextStart()).containsExactly("session.heartbeat");
        assertThat(taken).hasSize(1);
        write("log: {level: INFO}\nsession: {heartbeat: 45s}");
        assertThat(reload.reload().atNextStart()).as("said once").isEmpty();
        reload.log(LogLevel.DEBUG);
        assertThat(reload.reload().inEffect())
                .as("what an operator chose meanwhile ends")
                .containsExactly("log.level");
        assertThat(reload.reload().inEffect()).isEmpty();
    }

    @Test
    void aConfigurationThatIsWrongChangesNothing() throws Exception {
        write("log: {level: INFO}");
        var reload = reload();

        write("log: {level: INFO}\nlisten: {port: many}");

        assertThatThrownBy(reload::reload)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("assent.yaml:2:16: listen.port is \"many\"")
                .hasMessageContaining("expected a whole number from 0 to 65535")
                .hasMessageContaining("Correct the value, or remove it to use 7443");
        assertThat(taken).isEmpty();
    }

    @Test
    void theCertificateIsWatchedWhereTheConfigurationSaysByNowAlsoIfItIsNotThereYet() throws Exception {
        write("tls: {certificate: old.pem, key: old-key.pem}");
        var reload = reload();
        assertThat(reload.files()).containsExactly(Path.of("old.pem"), Path.of("old-key.pem"));

        write("tls: {certificate: new.pem, key: new-key.pem}");
        isRefusing = true;
        assertThatThrownBy(reload::reload).hasMessageContaining("not there");

        assertThat(reload.files()).containsExactly(Path.of("new.pem"), Path.of("new-key.pem"));
    }

    /// The options that the documents say are in effect at once, in the table "While it runs".
    @Test
    void whatIsInEffectAtOnceIsWhatTheDocumentsSay() throws Exception {
        String text = Files.readString(Path.of("../docs/operations.md"));
        String section = text.substring(text.indexOf("### While it runs"), text.indexOf("### The policy"));
        var documented = section.lines()
                .filter(line -> line.startsWith("| `"))
                .flatMap(row -> Pattern.compile("`([a-z.-]+)`").matcher(row).results())
                .map(option -> option.group(1))
                .toList();

        assertThat(documented).containsExactlyInAnyOrderElementsOf(Reload.LIVE);
    }

    @Test
    void aFileThatChangesIsNoticedOnceAndSoIsOneThatIsReplacedOrGone() throws Exception {
        BlockingQueue<String> noticed = new LinkedBlockingQueue<>();
        write("a");
        try (var _ =
                FileWatch.start(() -> List.of(folder.resolve("assent.yaml")), OFTEN, () -> noticed.add("changed"))) {
            write("ab");
            assertThat(noticed.poll(10, TimeUnit.SECONDS)).isNotNull();
            Path other = Files.writeString(folder.resolve("other"), "ba");
            Files.move(
                    other,
                    folder.resolve("assent.yaml"),
                    java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                    java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            assertThat(noticed.poll(10, TimeUnit.SECONDS)).isNotNull();
            Files.delete(folder.resolve("assent.yaml"));
            assertThat(noticed.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(noticed).isEmpty();
        }
    }
}
