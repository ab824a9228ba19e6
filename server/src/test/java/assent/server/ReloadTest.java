package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.server.config.GatewayConfig;
import assent.server.net.tls.DevelopmentCertificate;
import assent.server.net.tls.TlsFailure;
import assent.server.net.tls.TlsFiles;
import assent.server.support.AnnaAndBen;
import assent.server.support.Peer;
import assent.server.support.TestGateway;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running gateway takes over from a new configuration.
class ReloadTest {
    @TempDir
    private Path folder;

    private TlsFiles newCertificate(String name) throws Exception {
        Path where = Files.createDirectory(folder.resolve(name));
        var made = new DevelopmentCertificate(where, Clock.systemUTC());
        made.obtain();
        return made.files();
    }

    private static GatewayConfig with(TlsFiles files, String... more) {
        var options = new HashMap<>(Map.of(
                "tls.certificate", files.certificate().toString(),
                "tls.key", files.key().toString()));
        for (int i = 0; i < more.length; i += 2) {
            options.put(more[i], more[i + 1]);
        }
        return GatewayConfig.of(options);
    }

    @Test
    void aNewCertificateCountsForNewConnectionsAndThoseThatAreOpenStay() throws Exception {
        try (var gateway = TestGateway.start(folder)) {
            var phones = AnnaAndBen.connected(gateway);
            try (var anna = phones.anna();
                    var ben = phones.ben()) {
                String before = gateway.gateway().identity().sha256();

                gateway.gateway().take(with(newCertificate("renewed")));

                assertThat(gateway.gateway().identity().sha256()).isNotEqualTo(before);
                MessageId id = anna.text(ben.number, "still here");
                ben.acknowledge(ben.delivery().deliveryNumber());
                assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.DELIVERED));
                ben.comeBack(); // checks the new certificate, and binds its sign-in to it
                anna.text(ben.number, "and there");
                assertThat(ben.delivery().body().toUtf8()).isEqualTo("and there");
            }
        }
    }

    @Test
    void aCertificateThatCannotBeUsedChangesNothing() throws Exception {
        try (var gateway = TestGateway.start(folder)) {
            String before = gateway.gateway().identity().sha256();
            TlsFiles files = newCertificate("renewed");
            Files.copy(newCertificate("another").key(), files.key(), StandardCopyOption.REPLACE_EXISTING);

            assertThatThrownBy(() -> gateway.gateway().take(with(files)))
                    .isInstanceOf(TlsFailure.class)
                    .hasMessageContaining("does not belong to the first certificate");

            assertThat(gateway.gateway().identity().sha256()).isEqualTo(before);
            try (Peer peer = gateway.connect()) {
                peer.hello();
            }
        }
    }

    @Test
    void aLowerLimitOfConnectionsTurnsNewOnesAwayAndEndsNone() throws Exception {
        try (var gateway = TestGateway.start(folder);
                Peer first = gateway.connect()) {
            first.hello();

            gateway.gateway().take(with(newCertificate("renewed"), "listen.connections-max", "1"));

            assertThatThrownBy(gateway::connect).hasRootCauseInstanceOf(IOException.class);
            gateway.gateway().take(with(newCertificate("once-more"), "listen.connections-max", "2"));
            try (Peer second = gateway.connect()) {
                second.hello();
            }
        }
    }
}
