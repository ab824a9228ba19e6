package assent.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.wire.proto.Hello;
import assent.server.support.Peer;
import assent.server.support.RawFrames;
import assent.server.support.TestGateway;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames as they must not be, and as they may be, on a real TLS connection.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("measures the process's memory")
class FramesTest {
    private static final DeviceFrame HELLO = new DeviceFrame.Hello(Limits.PROTOCOL_VERSION, "test", "en");
    private static final DeviceFrame ASK = new DeviceFrame.NoticeRequest("en", 91);

    private TestGateway gateway;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder);
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @AfterEach
    void theGatewayGoesOnAndNothingIsLeft() {
        try (Peer peer = gateway.connect()) {
            assertThat(peer.hello().protocolVersion()).isEqualTo(Limits.PROTOCOL_VERSION);
        }
        gateway.awaitNobody();
        assertThat(gateway.meter("assent.connections.failed")).isZero();
    }

    @Test
    void aFrameMayComeOneByteAtATime() {
        try (Peer peer = gateway.connect()) {
            for (DeviceFrame frame : new DeviceFrame[] {HELLO, ASK}) {
                for (byte b : peer.encode(frame)) {
                    peer.sendBytes(new byte[] {b});
                }
            }

            peer.expect(GatewayFrame.Welcome.class);
            peer.expect(GatewayFrame.NoticeText.class);
        }
    }

    @Test
    void manyFramesMayComeInOneSegmentAndOneFrameOverMany() {
        try (Peer peer = gateway.connect()) {
            peer.hello();
            byte[] pings = RawFrames.joined(
                    peer.encode(new DeviceFrame.Ping(1)),
                    peer.encode(new DeviceFrame.Ping(2)),
                    peer.encode(new DeviceFrame.Ping(3)));

            peer.sendBytes(Arrays.copyOf(pings, pings.length - 2));
            assertThat(peer.expect(GatewayFrame.Pong.class).token()).isEqualTo(1);
            assertThat(peer.expect(GatewayFrame.Pong.class).token()).isEqualTo(2);
            peer.sendBytes(Arrays.copyOfRange(pings, pings.length - 2, pings.length));

            assertThat(peer.expect(GatewayFrame.Pong.class).token()).isEqualTo(3);
        }
    }

    @Test
    void whatCameBeforeABadFrameInTheSameSegmentIsAnswered() {
        try (Peer peer = gateway.connect()) {
            peer.hello();

            peer.sendBytes(RawFrames.joined(
                    peer.encode(new DeviceFrame.Ping(7)), RawFrames.length(0), peer.encode(new DeviceFrame.Ping(8))));

            assertThat(peer.expect(GatewayFrame.Pong.class).token()).isEqualTo(7);
            assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Limits.FIRST_FRAME_BYTES_MAX + 1, Integer.MAX_VALUE, -1})
    void beforeWelcomeALengthOutOfBoundsEndsTheConnection(int length) {
        try (Peer peer = gateway.connect()) {
            peer.sendBytes(RawFrames.length(length));

            assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_TOO_LARGE);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, Limits.FRAME_BYTES_MAX + 1, Integer.MAX_VALUE, -1})
    void afterWelcomeALengthOutOfBoundsEndsTheConnection(int length) {
        try (Peer peer = gateway.connect()) {
            peer.hello();

            peer.sendBytes(RawFrames.length(length));

            assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_TOO_LARGE);
        }
    }

    @Test
    void theSmallerLimitHoldsUntilTheWelcomeAndTheLargerOneAfterIt() {
        try (Peer early = gateway.connect();
                Peer greeted = gateway.connect()) {
            byte[] padded = RawFrames.padded(Limits.FIRST_FRAME_BYTES_MAX);
            early.sendBytes(padded);
            early.expect(GatewayFrame.Welcome.class);
            greeted.hello();
            greeted.sendBytes(RawFrames.padded(Limits.FRAME_BYTES_MAX));
            assertThat(greeted.goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED); // read, and it is a second hello
        }
    }

    @Test
    void manyDeclaredGiantsReserveNoMemory() {
        long before = directMemory();
        for (int i = 0; i < 40; i++) {
            try (Peer peer = gateway.connect()) {
                if (i % 2 == 0) {
                    peer.hello();
                }
                peer.sendBytes(RawFrames.joined(RawFrames.length(Integer.MAX_VALUE), new byte[1_000]));
                assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_TOO_LARGE);
            }
        }
        assertThat(directMemory() - before).isLessThan(32L << 20);
    }

    @Test
    void fieldsThatTheGatewayDoesNotKnowAreIgnored() {
        try (Peer peer = gateway.connect()) {
            var unknown = UnknownFieldSet.newBuilder()
                    .addField(
                            999,
                            UnknownFieldSet.Field.newBuilder()
                                    .addLengthDelimited(ByteString.copyFromUtf8("from the future"))
                                    .build())
                    .build();
            var hello = Hello.newBuilder().setProtocolVersion(1).setLocale("en").setUnknownFields(unknown);

            peer.sendBytes(RawFrames.framed(assent.protocol.wire.proto.DeviceFrame.newBuilder()
                    .setHello(hello)
                    .setUnknownFields(unknown)
                    .build()
                    .toByteArray()));

            peer.expect(GatewayFrame.Welcome.class);
        }
    }

    @Test
    void anUnknownTypeOfFrameEndsTheConnection() {
        try (Peer peer = gateway.connect()) {
            peer.hello();

            peer.sendBytes(RawFrames.framed(new byte[] {(byte) 0xa2, 0x06, 0x00})); // field 100, an empty message

            assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_MALFORMED);
        }
    }

    @Test
    void whatIsNoProtobufEndsTheConnection() {
        try (Peer peer = gateway.connect()) {
            peer.hello();

            peer.sendBytes(RawFrames.framed(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff}));

            assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_MALFORMED);
        }
    }

    @Test
    void aFrameThatTheStreamCutsOffIsDropped() {
        try (Peer peer = gateway.connect()) {
            peer.hello();
            byte[] ping = peer.encode(new DeviceFrame.Ping(1));

            peer.sendBytes(Arrays.copyOf(ping, ping.length - 1));
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.meter("assent.connections.open") == 0);
    }

    @Test
    void everyFrameButHelloIsTooEarlyAtFirst() {
        for (DeviceFrame frame :
                new DeviceFrame[] {ASK, new DeviceFrame.Ping(1), new DeviceFrame.Pong(1), new DeviceFrame.Acknowledge(0)
                }) {
            try (Peer peer = gateway.connect()) {
                peer.send(frame);

                assertThat(peer.goodbye()).isEqualTo(Reason.HELLO_REQUIRED);
            }
        }
    }

    @Test
    void aSecondHelloEndsTheConnection() {
        try (Peer peer = gateway.connect()) {
            peer.hello();

            peer.send(HELLO);

            assertThat(peer.goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        }
    }

    @Test
    void aVersionThatTheGatewayDoesNotSpeakIsSaidSo() {
        try (Peer peer = gateway.connect()) {
            peer.send(new DeviceFrame.Hello(2, "test", "en"));

            assertThat(peer.goodbye()).isEqualTo(Reason.VERSION_UNSUPPORTED);
        }
    }

    private static long directMemory() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
