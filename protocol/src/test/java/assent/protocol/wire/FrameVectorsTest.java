package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.protocol.Samples;
import assent.protocol.Vectors;
import com.google.protobuf.Message;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The frames of `docs/protocol-vectors.json` are the ones that this codec reads and writes.
class FrameVectorsTest {
    private final JsonNode vectors = Vectors.read();

    @Test
    void theDeviceFramesInTheFileAreReadAndWrittenAsTheyStandThere() {
        JsonNode frames = vectors.required("deviceFrames");
        assertThat(frames).hasSameSizeAs(Samples.deviceFrames());
        for (int i = 0; i < frames.size(); i++) {
            DeviceFrame read = readAndWritten(Wire.fromDevice(), frames.get(i), DeviceFrameWriter::write);
            assertThat(read).isEqualTo(Samples.deviceFrames().get(i));
        }
    }

    @Test
    void theGatewayFramesInTheFileAreReadAndWrittenAsTheyStandThere() {
        JsonNode frames = vectors.required("gatewayFrames");
        assertThat(frames).hasSameSizeAs(Samples.gatewayFrames());
        for (int i = 0; i < frames.size(); i++) {
            GatewayFrame read = readAndWritten(Wire.fromGateway(), frames.get(i), GatewayFrameWriter::write);
            assertThat(read).isEqualTo(Samples.gatewayFrames().get(i));
        }
    }

    @Test
    void theRefusedFramesInTheFileAreRefusedWithTheirReason() {
        assertThat(vectors.required("refusedDeviceFrames")).isNotEmpty();
        for (JsonNode refused : vectors.required("refusedDeviceFrames")) {
            try (var wire = Wire.of(
                    FrameKind.FROM_DEVICE, refused.required("frameBytesMax").intValue())) {
                var violation = catchThrowableOfType(
                        FrameViolation.class,
                        () -> wire.receive(Vectors.bytes(refused, "bytes").toArray()));
                assertThat(violation).as(Vectors.text(refused, "why")).isNotNull();
                assertThat(violation.reason()).isEqualTo(Reason.valueOf(Vectors.text(refused, "reason")));
            }
        }
    }

    @Test
    void theReasonsInTheFileAreAllThereAre() {
        JsonNode reasons = vectors.required("reasons");
        assertThat(reasons).hasSize(Reason.values().length);
        for (Reason reason : Reason.values()) {
            assertThat(reasons.required(reason.name()).intValue()).isEqualTo(reason.wireCode());
        }
    }

    private static <F> F readAndWritten(Wire<F> wire, JsonNode vector, Function<F, Message> toProto) {
        try (wire) {
            Bytes bytes = Vectors.bytes(vector, "bytes");
            wire.receive(bytes.toArray());
            F frame = wire.frames().getFirst();
            assertThat(Bytes.wrap(wire.encode(frame))).isEqualTo(bytes);
            assertThat(ProtoJson.fields(toProto.apply(frame)).toString())
                    .isEqualTo(vector.required("frame").toString());
            return frame;
        }
    }
}
