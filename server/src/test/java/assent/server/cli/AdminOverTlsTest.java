package assent.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import assent.server.config.GatewayConfig;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsFiles;
import assent.server.support.TestGateway;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The admin listener where others can reach it: TLS alone, and the command line knows the certificate.
class AdminOverTlsTest {
    @TempDir
    private Path folder = Path.of("");

    private TestGateway gateway;
    private CommandLineFixture line = new CommandLineFixture(Path.of("."));

    @BeforeEach
    void start() throws Exception {
        TlsFiles files = newCertificate("first");
        gateway = TestGateway.start(
                folder.resolve("data"),
                Map.of(
                        "admin.enabled",
                        "yes",
                        "admin.host",
                        "0.0.0.0",
                        "tls.certificate",
                        files.certificate().toString(),
                        "tls.key",
                        files.key().toString()));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private TlsFiles newCertificate(String name) throws Exception {
        var made = new DevelopmentCertificate(Files.createDirectory(folder.resolve(name)), Clock.systemUTC());
        made.obtain();
        return made.files();
    }

    private int status() {
        line = new CommandLineFixture(folder);
        return line.run("status", "--data-folder=data");
    }

    private Path door() {
        return folder.resolve("data/admin-local.json");
    }

    private void pin(String sha256) throws IOException {
        var fields = (ObjectNode) JsonMapper.shared().readTree(Files.readString(door()));
        fields.put("certificateSha256", sha256);
        Files.writeString(door(), fields.toString());
    }

    @Test
    void theCommandLineComesInByThePinnedCertificateAndByNoOther() throws Exception {
        assertThat(gateway.gateway().adminAddress().orElseThrow().getScheme()).isEqualTo("https");
        assertThat(status()).as(line.err.toString()).isZero();

        pin("0".repeat(64));

        assertThat(status()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(line.err.toString()).contains("does not show the certificate that is expected");
    }

    @Test
    void whoSpeaksWithoutTlsIsNotAnswered() {
        URI address = gateway.gateway().adminAddress().orElseThrow();
        var inClear = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/health/live"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            Assertions.assertThatThrownBy(() -> http.send(inClear, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aNewCertificateCountsAtOnceAndTheCommandLineIsToldWhich() throws Exception {
        String before = gateway.gateway().identity().sha256();
        TlsFiles renewed = newCertificate("renewed");

        gateway.gateway()
                .take(GatewayConfig.of(Map.of(
                        "tls.certificate", renewed.certificate().toString(),
                        "tls.key", renewed.key().toString())));

        assertThat(Files.readString(door()))
                .contains(gateway.gateway().identity().sha256())
                .doesNotContain(before);
        assertThat(status()).as(line.err.toString()).isZero();
        pin(before);
        assertThat(status()).as("the old one is not shown any more").isEqualTo(ExitCode.UNREACHABLE);
    }
}
