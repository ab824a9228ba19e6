package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import assent.protocol.DeviceFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.Samples;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Cutting the stream into frames, and what ends it.
class FrameDecoderTest {
    private static final DeviceFrame PING = new DeviceFrame.Ping(5);
    private static final DeviceFrame PONG = new DeviceFrame.Pong(6);

    private final Wire<DeviceFrame> wire = Wire.fromDevice();

    @AfterEach
    void everyBufferIsReleased() {
        wire.close();
    }

    @Test
    void framesMayArriveOneByteAtATime() {
        for (DeviceFrame frame : Samples.deviceFrames()) {
            wire.receiveOneByOne(wire.encode(frame));
        }
        assertThat(wire.frames()).isEqualTo(Samples.deviceFrames());
    }

    @Test
    void manyFramesMayArriveInOneSegment() {
        byte[][] encoded = Samples.deviceFrames().stream().map(wire::encode).toArray(byte[][]::new);
        wire.receive(Wire.joined(encoded));
        assertThat(wire.frames()).isEqualTo(Samples.deviceFrames());
    }

    @Test
    void aSegmentMayEndAnywhere() {
        byte[] stream = Wire.joined(wire.encode(PING), wire.encode(PONG));
        for (int cut = 1; cut < stream.length; cut++) {
            wire.receive(Arrays.copyOf(stream, cut));
            wire.receive(Arrays.copyOfRange(stream, cut, stream.length));
            assertThat(wire.frames()).containsExactly(PING, PONG);
        }
    }

    @Test
    void aFrameOfTheGreatestLengthIsTakenAndOneByteMoreIsNot() {
        wire.receive(Wire.framed(paddedPing(Limits.FRAME_BYTES_MAX)));
        assertThat(wire.frames()).containsExactly(PING);

        assertViolation(Reason.FRAME_TOO_LARGE, Wire.framed(paddedPing(Limits.FRAME_BYTES_MAX + 1)));
    }

    @Test
    void aFrameOfNoLengthIsAViolation() {
        assertViolation(Reason.FRAME_TOO_LARGE, (byte) 0, (byte) 0, (byte) 0, (byte) 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {Limits.FRAME_BYTES_MAX + 1, 0x01000000, 0x7fffffff, 0x80000000, 0xffffffff})
    void aHugeDeclaredLengthIsRefusedBeforeItsBodyAndAllocatesNothing(int length) {
        byte[] prefix = {(byte) (length >> 24), (byte) (length >> 16), (byte) (length >> 8), (byte) length};
        wire.receive(prefix[0]);
        wire.receive(prefix[1]);
        wire.receive(prefix[2]);
        long before = wire.allocatedBytes();

        assertViolation(Reason.FRAME_TOO_LARGE, prefix[3]);

        assertThat(before).isLessThan(1_024);
        assertThat(wire.allocatedBytes()).isLessThan(1_024);
    }

    @Test
    void aLengthWithinTheLimitReservesNothingBeforeItsBytesArrive() {
        wire.receive(new byte[] {0, 0, (byte) 0x80, 0});
        assertThat(wire.allocatedBytes()).isLessThan(1_024);
    }

    @Test
    void theFirstFramesAreShortUntilTheGatewayAllowsMore() {
        try (var early = Wire.of(FrameKind.FROM_DEVICE, Limits.FIRST_FRAME_BYTES_MAX)) {
            early.receive(Wire.framed(paddedPing(Limits.FIRST_FRAME_BYTES_MAX)));
            early.decoder().allow(Limits.FRAME_BYTES_MAX);
            early.receive(Wire.framed(paddedPing(Limits.FRAME_BYTES_MAX)));
            assertThat(early.frames()).containsExactly(PING, PING);
        }
        try (var early = Wire.of(FrameKind.FROM_DEVICE, Limits.FIRST_FRAME_BYTES_MAX)) {
            var violation = catchThrowableOfType(
                    FrameViolation.class,
                    () -> early.receive(Wire.framed(paddedPing(Limits.FIRST_FRAME_BYTES_MAX + 1))));
            assertThat(violation.reason()).isEqualTo(Reason.FRAME_TOO_LARGE);
        }
    }

    @Test
    void framesBeforeAViolationAreTakenAndNothingAfterIt() {
        assertViolation(
                Reason.FRAME_MALFORMED, Wire.joined(wire.encode(PING), Wire.framed(new byte[] {7}), wire.encode(PONG)));
        assertThat(wire.frames()).containsExactly(PING);

        wire.receive(wire.encode(PONG));
        wire.receiveOneByOne(wire.encode(PONG));
        assertThat(wire.frames()).isEmpty();
        assertThat(wire.allocatedBytes()).isZero();
    }

    @Test
    void aFrameCutOffByTheEndOfTheStreamIsNoFrame() {
        byte[] ping = wire.encode(PING);
        wire.receive(Arrays.copyOf(ping, ping.length - 1));
        wire.close();
        assertThat(wire.frames()).isEmpty();
    }

    @Test
    void textThatIsNoFrameIsAViolationThatDoesNotRepeatIt() {
        byte[] request = "GET /+447700900123 HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        var violation = catchThrowableOfType(FrameViolation.class, () -> wire.receive(request));
        assertThat(violation.reason()).isEqualTo(Reason.FRAME_TOO_LARGE);
        assertThat(violation)
                .hasMessage("a frame was declared with a length that this connection does not take: 1 to 32768 bytes")
                .hasNoCause();
    }

    private void assertViolation(Reason reason, byte... segment) {
        var violation = catchThrowableOfType(FrameViolation.class, () -> wire.receive(segment));
        assertThat(violation.reason()).isEqualTo(reason);
    }

    /// A ping that an unknown field makes as long as asked.
    private static byte[] paddedPing(int length) {
        var ping = assent.protocol.wire.proto.DeviceFrame.newBuilder()
                .setPing(assent.protocol.wire.proto.Ping.newBuilder().setToken(5));
        int padding = length - 16;
        byte[] bytes;
        do {
            bytes = ping.setUnknownFields(UnknownFieldSet.newBuilder()
                            .addField(1_000, lengthDelimited("x".repeat(padding++)))
                            .build())
                    .build()
                    .toByteArray();
        } while (bytes.length < length);
        assertThat(bytes).hasSize(length);
        return bytes;
    }

    private static UnknownFieldSet.Field lengthDelimited(String text) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build();
    }
}
