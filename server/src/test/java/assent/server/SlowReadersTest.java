package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.server.support.AnnaAndBen;
import assent.server.support.Peer;
import assent.server.support.RawPhone;
import assent.server.support.TestGateway;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Devices that read slowly, or not at all. The heartbeat is longer than the time that a device may
/// stall here, as it is by default.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("measures the process's memory")
class SlowReadersTest {
    private static final int SMALL = 4_096;

    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder, Map.of("session.heartbeat", "2s", "session.write-stall-timeout", "1s"));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @AfterEach
    void nothingIsLeft() {
        gateway.awaitNobody();
        assertThat(gateway.meter("assent.connections.failed")).isZero();
    }

    @Test
    void aDeviceThatIsBehindButReadsOnIsNotTooSlow() throws Exception {
        double before = gateway.goodbyes(Reason.TOO_SLOW);
        Thread talker;
        try (Peer peer = connect(65_536)) {
            peer.hello();
            byte[] requests = requests(peer);
            talker = Thread.ofPlatform().start(() -> talk(peer, requests));
            Instant end = Instant.now().plus(Duration.ofSeconds(3));
            while (Instant.now().isBefore(end)) {
                peer.skipTo(GatewayFrame.NoticeText.class);
            }
            assertThat(gateway.goodbyes(Reason.TOO_SLOW)).isEqualTo(before);
        }
        talker.join();
    }

    @Test
    void aDeviceThatTalksAndNeverReadsIsStoppedAndClosedWithBoundedMemory() throws Exception {
        double before = gateway.goodbyes(Reason.TOO_SLOW);
        long memoryBefore = directMemory();
        long memoryMost = 0;
        try (Peer peer = connect(SMALL)) {
            peer.hello();
            byte[] requests = requests(peer);
            Thread talker = Thread.ofPlatform().start(() -> talk(peer, requests));
            while (gateway.goodbyes(Reason.TOO_SLOW) == before) {
                memoryMost = Math.max(memoryMost, directMemory());
                assertThat(talker.join(Duration.ofMillis(10))).isFalse();
            }
            gateway.awaitNobody();
            talker.join();
        }
        assertThat(memoryMost - memoryBefore).isLessThan(32L << 20);
    }

    @Test
    void aDeviceThatDoesNotReadItsMailboxIsClosedAndFindsEverythingWhenItComesBack() {
        double before = gateway.goodbyes(Reason.TOO_SLOW);
        var both = AnnaAndBen.connected(gateway);
        try (RawPhone anna = both.anna();
                RawPhone ben = both.ben()) {
            ben.goAway();
            gateway.awaitLive(1);
            List<MessageId> sent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sent.add(anna.text(ben.number, Body.wrap(BodyType.TEXT_UTF8, new byte[Limits.BODY_BYTES_MAX])));
                anna.result();
            }
            try (Peer peer = connect(SMALL)) {
                var nonce = peer.hello().serverNonce();
                peer.send(new DeviceFrame.SignIn(
                        ben.deviceId(), ben.key.sign(SignInProof.bytesToSign(nonce, peer.channelBinding()))));
                await().atMost(Duration.ofSeconds(10)).until(() -> gateway.goodbyes(Reason.TOO_SLOW) > before);
            }
            ben.comeBack();
            for (MessageId id : sent) {
                GatewayFrame.Deliver delivery = ben.delivery();
                assertThat(delivery.messageId()).isEqualTo(id);
                ben.acknowledge(delivery.deliveryNumber());
            }
        }
    }

    private Peer connect(int receiveBytes) {
        return Peer.connect(gateway.address(), gateway.gateway().identity().certificate(), receiveBytes);
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
            while (true) {
                peer.sendBytes(requests);
            }
        } catch (UncheckedIOException e) {
            return; // closed, by the gateway or by the test
        }
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
