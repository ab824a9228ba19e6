package assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Clock;
import org.junit.jupiter.api.Test;

/// Whom a device takes for its gateway.
class TrustTest extends DeviceTestBase {
    @Test
    void aGatewayWithAnotherCertificateThanThePinnedOneIsRefusedByName() {
        var pin = new Trust.Pinned(Bytes.wrap(new byte[32]));
        try (var strict = DeviceNetwork.open(pin)) {
            var device = Device.open(strict, config(), new InMemoryDeviceStore(), heard, Clock.systemUTC());

            var answer = get(device.connect(), ConnectAnswer.NotConnected.class);

            assertThat(answer.why())
                    .isInstanceOfSatisfying(
                            Disconnection.Untrusted.class,
                            untrusted -> assertThat(untrusted.why())
                                    .contains(pin.fingerprint().hex())
                                    .contains(gateway.pinned().fingerprint().hex()));
            assertThat(gateway.hasConnection()).isFalse();
            get(device.close());
        }
    }

    @Test
    void aCertificateFileIsATrustAnchorForTheHostThatItNames() throws IOException {
        try (var anchored = DeviceNetwork.open(gateway.certificateFile(parent))) {
            var store = new InMemoryDeviceStore();
            var config = DeviceConfig.of("localhost", gateway.port(), "en");
            var device = Device.open(anchored, config, store, heard, Clock.systemUTC());

            var answer = device.connect();
            gateway.nextConnection().welcome();

            get(answer, ConnectAnswer.Greeted.class);
            get(device.close());
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws IOException {
        try (var anchored = DeviceNetwork.open(gateway.certificateFile(parent))) {
            var device = Device.open(anchored, config(), new InMemoryDeviceStore(), heard, Clock.systemUTC());

            var answer = get(device.connect(), ConnectAnswer.NotConnected.class);

            assertThat(answer.why()).isInstanceOf(Disconnection.Untrusted.class);
            get(device.close());
        }
    }

    @Test
    void aPortWhereNobodyListensIsUnreachable() throws IOException {
        try (var reserved = new Socket()) {
            reserved.bind(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), 0)); // bound, so nobody else's, and not listening
            var device =
                    open(new InMemoryDeviceStore(), heard, DeviceConfig.of("127.0.0.1", reserved.getLocalPort(), "en"));

            var answer = get(device.connect(), ConnectAnswer.NotConnected.class);

            assertThat(answer.why()).isInstanceOf(Disconnection.Unreachable.class);
            assertThat(answer.nextAttemptIn()).isEmpty();
        }
    }
}
