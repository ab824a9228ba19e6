package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import assent.protocol.DeviceFrame;
import assent.protocol.Reason;
import assent.protocol.Samples;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is in a frame of the right length: later versions' fields and types, and half a message.
class FrameContentsTest {
    @Test
    void anEmptyMessageOrAnUnknownTypeOfFrameIsAViolation() {
        for (int field : new int[] {12, 99, 15_000}) {
            byte[] unknown = UnknownFieldSet.newBuilder()
                    .addField(field, lengthDelimited("later"))
                    .build()
                    .toByteArray();
            try (var fresh = Wire.fromDevice()) {
                assertThat(catchThrowableOfType(FrameViolation.class, () -> fresh.receive(Wire.framed(unknown)))
                                .reason())
                        .isEqualTo(Reason.FRAME_MALFORMED);
            }
        }
    }

    @Test
    void unknownFieldsAreIgnoredAtEveryDepth() {
        var later = UnknownFieldSet.newBuilder()
                .addField(1_000, lengthDelimited("a field of a later version"))
                .addField(1_001, UnknownFieldSet.Field.newBuilder().addVarint(3).build())
                .build();
        var hello = assent.protocol.wire.proto.Hello.newBuilder()
                .setProtocolVersion(1)
                .setClientVersion("later/9")
                .setLocale("en")
                .setUnknownFields(later);
        var frame = assent.protocol.wire.proto.DeviceFrame.newBuilder()
                .setHello(hello)
                .setUnknownFields(later)
                .build();

        try (var wire = Wire.fromDevice()) {
            wire.receive(Wire.framed(frame.toByteArray()));
            assertThat(wire.frames()).isEqualTo(List.of(new DeviceFrame.Hello(1, "later/9", "en")));
        }
    }

    @Test
    void aTruncatedMessageIsAViolation() {
        byte[] hello = message(Samples.deviceFrames().getFirst());
        for (int length = 1; length < hello.length; length++) {
            byte[] truncated = Arrays.copyOf(hello, length);
            try (var fresh = Wire.fromDevice()) {
                assertThat(catchThrowableOfType(FrameViolation.class, () -> fresh.receive(Wire.framed(truncated)))
                                .reason())
                        .isEqualTo(Reason.FRAME_MALFORMED);
            }
        }
    }

    private static byte[] message(DeviceFrame frame) {
        try (var wire = Wire.fromDevice()) {
            byte[] framed = wire.encode(frame);
            return Arrays.copyOfRange(framed, 4, framed.length);
        }
    }

    private static UnknownFieldSet.Field lengthDelimited(String text) {
        return UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build();
    }
}
