package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Phones that resume their TLS session instead of beginning a new one.
final class ResumptionTest {
    private TestGateway gateway;
    private RawPhone anna;
    private SSLContext tls;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder);
        tls = Peer.trusting(gateway.gateway().identity().certificate());
        anna = gateway.phone();
        anna.activate();
        anna.close();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Bytes proof(GatewayFrame.Welcome welcome, Peer peer) {
        return anna.key.sign(SignInProof.bytesToSign(welcome.serverNonce(), peer.channelBinding()));
    }

    private double resumed() {
        return gateway.meter("assent.connections.resumed");
    }

    @Test
    void aPhoneThatResumesItsSessionSignsIn() {
        for (int times = 0; times < 3; times++) {
            try (Peer peer = Peer.connect(gateway.address(), tls)) {
                Bytes proof = proof(peer.hello(), peer);
                peer.send(new DeviceFrame.SignIn(anna.deviceId(), proof)).expect(GatewayFrame.SignedIn.class);
            }
        }

        assertThat(resumed()).isEqualTo(2);
    }

    @Test
    void theProofOfTheConnectionBeforeIsRefusedOnAResumedOne() {
        Bytes proof;
        try (Peer before = Peer.connect(gateway.address(), tls)) {
            proof = proof(before.hello(), before);
            before.send(new DeviceFrame.SignIn(anna.deviceId(), proof)).expect(GatewayFrame.SignedIn.class);
        }

        try (Peer peer = Peer.connect(gateway.address(), tls)) {
            peer.hello();
            peer.send(new DeviceFrame.SignIn(anna.deviceId(), proof));

            assertThat(peer.goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
        }
        assertThat(resumed()).isEqualTo(1);
    }

    @Test
    void whatAGatewayBeforeGaveOpensNothingAtTheNext() throws Exception {
        try (Peer peer = Peer.connect(gateway.address(), tls)) {
            peer.hello();
        }
        gateway.restart();

        try (Peer peer = Peer.connect(gateway.address(), tls)) {
            Bytes proof = proof(peer.hello(), peer);
            peer.send(new DeviceFrame.SignIn(anna.deviceId(), proof)).expect(GatewayFrame.SignedIn.class);
        }
        assertThat(resumed()).isZero();
    }
}
