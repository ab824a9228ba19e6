package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
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

/// Peers that are no devices, that say nothing, that do not listen, or that are too many.
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
                        "session.hello-timeout", "1s",
                        "session.heartbeat", "1s",
                        "session.write-stall-timeout", "1s",
                        "listen.connections-max", Integer.toString(CONNECTIONS_MAX)));
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
    void aDeviceThatTalksAndNeverReadsIsStoppedAndClosedWithBoundedMemory() throws Exception {
        double slowBefore = gateway.goodbyes(Reason.TOO_SLOW) + gateway.goodbyes(Reason.HEARTBEAT_MISSED);
        long memoryBefore = directMemory();
        long memoryMost = 0;
        try (Peer peer =
                Peer.connect(gateway.address(), gateway.gateway().identity().certificate(), 4_096)) {
            peer.hello();
            byte[] requests = requests(peer);
            Thread talker = Thread.ofPlatform().start(() -> talk(peer, requests));
            while (gateway.goodbyes(Reason.TOO_SLOW) + gateway.goodbyes(Reason.HEARTBEAT_MISSED) == slowBefore) {
                memoryMost = Math.max(memoryMost, directMemory());
                assertThat(talker.join(Duration.ofMillis(10))).isFalse();
            }
            await().atMost(Duration.ofSeconds(10)).until(() -> gateway.meter("assent.connections.open") == 0);
            talker.join();
        }
        assertThat(memoryMost - memoryBefore).isLessThan(32L << 20);
        assertThat(gateway.goodbyes(Reason.TOO_SLOW)).isPositive();
    }

    /// The heartbeat is longer than the time that a device may stall here, as it is by default.
    @Test
    void aDeviceThatIsBehindButReadsOnIsNotTooSlow(@TempDir Path folder) throws Exception {
        try (TestGateway unhurried =
                TestGateway.start(folder, Map.of("session.heartbeat", "2s", "session.write-stall-timeout", "1s"))) {
            Thread talker;
            try (Peer peer = Peer.connect(
                    unhurried.address(), unhurried.gateway().identity().certificate(), 65_536)) {
                peer.hello();
                byte[] requests = requests(peer);
                talker = Thread.ofPlatform().start(() -> talk(peer, requests));
                Instant end = Instant.now().plus(Duration.ofMillis(4_500));
                while (Instant.now().isBefore(end)) {
                    peer.skipTo(GatewayFrame.NoticeText.class);
                }
                assertThat(unhurried.goodbyes(Reason.TOO_SLOW)).isZero();
            }
            talker.join();
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

    /// Requests for notices: short to ask for, long to answer.
    private static byte[] requests(Peer peer) {
        byte[] request = peer.encode(new DeviceFrame.NoticeRequest("en", 91));
        byte[] requests = new byte[request.length * 100];
        for (int i = 0; i < 100; i++) {
            System.arraycopy(request, 0, requests, i * request.length, request.length);
        }
        return requests;
    }

    private static void talk(Peer peer, byte[] requests) {
        try {
            for (int i = 0; i < 100_000; i++) {
                peer.sendBytes(requests);
            }
        } catch (UncheckedIOException e) {
            return; // closed by the gateway, as it should be
        }
        throw new AssertionError("the gateway took everything from a device that reads nothing");
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

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
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
