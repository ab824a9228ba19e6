package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Peers that are no devices, that say nothing, or that are too many.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsTest {
    private static final int CONNECTIONS_MAX = 8;
    private static final int PATIENCE_MILLIS = 10_000;

    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(
                folder,
                Map.of(
                        "session.hello-timeout",
                        "1s",
                        "session.heartbeat",
                        "1s",
                        "listen.connections-max",
                        Integer.toString(CONNECTIONS_MAX)));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @AfterEach
    void theGatewayGoesOnAndNothingIsLeft() {
        gateway.awaitNobody();
        try (Peer peer = gateway.connect()) {
            peer.hello();
        }
        gateway.awaitNobody();
        assertThat(gateway.meter("assent.connections.failed")).isZero();
    }

    @Test
    void whatIsNotTlsIsClosedWithoutAWord() throws Exception {
        var garbage = new byte[4_096];
        new Random(1).nextBytes(garbage);
        garbage[0] = 'x';
        for (byte[] bytes : List.of(
                garbage,
                "GET / HTTP/1.1\r\nHost: example\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new byte[] {0, 0, 0, 24, 10, 22})) {
            assertThat(answerTo(bytes)).isEmpty();
        }
    }

    @Test
    void anOlderTlsIsRefusedInItsHandshake() throws Exception {
        var context = SSLContext.getInstance("TLSv1.2");
        context.init(null, new TrustManager[] {new TrustsEverybody()}, null);
        try (var socket = (SSLSocket) context.getSocketFactory()
                .createSocket(gateway.address().getAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThat(org.assertj.core.api.Assertions.catchThrowable(socket::startHandshake))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aPeerThatNeverBeginsTlsIsClosedAfterTheHelloTimeout() throws Exception {
        assertThat(answerTo(new byte[0])).isEmpty();
    }

    @Test
    void aPeerThatStopsInTheMiddleOfTlsIsClosedAfterTheHelloTimeout() throws Exception {
        assertThat(answerTo(new byte[] {22, 3, 1, 2, 0, 1, 0, 1})).isEmpty();
    }

    @Test
    void aDeviceThatSaysNothingAfterTlsIsToldSo() {
        try (Peer peer = gateway.connect()) {
            GatewayFrame.Goodbye goodbye = peer.expect(GatewayFrame.Goodbye.class);

            assertThat(goodbye.reason()).isEqualTo(Reason.HANDSHAKE_TIMEOUT);
            assertThat(goodbye.retryAfter()).isPresent();
            assertThat(peer.next()).isEmpty();
        }
    }

    @Test
    void aDeviceThatFallsSilentIsAskedAndThenGivenUp() {
        try (Peer peer = gateway.connect()) {
            peer.hello();

            peer.expect(GatewayFrame.Ping.class);
            peer.expect(GatewayFrame.Ping.class);
            assertThat(peer.goodbye()).isEqualTo(Reason.HEARTBEAT_MISSED);
        }
    }

    @Test
    void connectionsBeyondTheLimitAreClosedAtOnceAndTheOthersGoOn() throws Exception {
        var admitted = new ArrayList<Peer>();
        try {
            for (int i = 0; i < CONNECTIONS_MAX; i++) {
                Peer peer = gateway.connect();
                peer.hello();
                admitted.add(peer);
            }
            assertThat(answerTo(new byte[0])).isEmpty();
            assertThat(gateway.meter("assent.connections.turned.away")).isPositive();

            for (Peer peer : admitted) {
                peer.send(new DeviceFrame.Ping(5));
                assertThat(peer.skipTo(GatewayFrame.Pong.class).token()).isEqualTo(5);
            }
            admitted.removeFirst().close();
            await().until(() -> gateway.meter("assent.connections.open") < CONNECTIONS_MAX);
            Peer next = gateway.connect();
            admitted.add(next);
            next.hello();
        } finally {
            admitted.forEach(Peer::close);
        }
    }

    @Test
    void aLiveDeviceThatVanishesIsNotLiveAnyMore() {
        try (RawPhone phone = gateway.phone()) {
            phone.activate();
            assertThat(gateway.meter("assent.sessions.live")).isEqualTo(1);

            phone.goAway();

            await().until(() -> gateway.meter("assent.sessions.live") == 0);
        }
    }

    /// What comes back on a plain connection before it is closed.
    private byte[] answerTo(byte[] bytes) throws IOException {
        try (var socket =
                new Socket(gateway.address().getAddress(), gateway.address().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            return socket.getInputStream().readAllBytes();
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the gateway did not close the connection", e);
        } catch (SocketException e) {
            return new byte[0]; // closed with bytes of ours unread
        }
    }

    /// Of the certificate nothing matters here.
    private static final class TrustsEverybody implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
