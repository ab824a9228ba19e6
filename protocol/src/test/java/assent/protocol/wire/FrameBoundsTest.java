package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.Samples;
import assent.protocol.wire.proto.Send;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each field on the wrong side of its bounds.
class FrameBoundsTest {
    @ParameterizedTest
    @MethodSource("assent.protocol.wire.FieldsOutOfBounds#badDeviceFields")
    void aDeviceFrameWithAFieldOutOfBoundsIsAViolation(String path, Object value) {
        var good = Samples.deviceFrames().stream().map(DeviceFrameWriter::write);
        assertMalformed(Wire.fromDevice(), change(good, path, value));
    }

    @ParameterizedTest
    @MethodSource("assent.protocol.wire.FieldsOutOfBounds#badGatewayFields")
    void aGatewayFrameWithAFieldOutOfBoundsIsAViolation(String path, Object value) {
        var good = Samples.gatewayFrames().stream().map(GatewayFrameWriter::write);
        assertMalformed(Wire.fromGateway(), change(good, path, value));
    }

    @Test
    void whatAUserMayGetWrongInASendIsLeftToTheAnswer() {
        var send = DeviceFrameWriter.write(new DeviceFrame.Send(
                        Samples.MESSAGE_ID,
                        "not a number",
                        Optional.of(Samples.BODY),
                        Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))))
                .getSend();
        assertThat(received(send)).isEqualTo(send("not a number", true, true));
        assertThat(received(send.toBuilder().setBodyTypeValue(7).build())).isEqualTo(send("not a number", false, true));
        assertThat(received(send.toBuilder().setBody(FieldsOutOfBounds.bytes(0)).build()))
                .isEqualTo(send("not a number", false, true));
        assertThat(received(send.toBuilder()
                        .setBody(FieldsOutOfBounds.bytes(Limits.BODY_BYTES_MAX + 1))
                        .build()))
                .isEqualTo(send("not a number", false, true));
        assertThat(received(send.toBuilder().clearDelivery().build())).isEqualTo(send("not a number", true, false));
        var endless = send.toBuilder();
        endless.getCloudOnlyBuilder().setTtlMillis(-1);
        assertThat(received(endless.build())).isEqualTo(send("not a number", true, false));
        endless.getCloudThenSmsBuilder().setDeadlineMillis(-1);
        assertThat(received(endless.build())).isEqualTo(send("not a number", true, false));
    }

    @Test
    void aMethodOfALaterVersionIsLeftOutAndAMissingOneIsNot() {
        var accepted = assent.protocol.wire.proto.ApprovalAccepted.newBuilder()
                .setConsentId(FieldsOutOfBounds.bytes(16))
                .addMethodsValue(9)
                .addMethods(assent.protocol.wire.proto.ProofMethod.PROOF_METHOD_DEVICE_SMS);
        var frame = assent.protocol.wire.proto.GatewayFrame.newBuilder().setApprovalAccepted(accepted);
        try (var wire = Wire.fromGateway()) {
            wire.receive(Wire.framed(frame.build().toByteArray()));
            assertThat(wire.frames())
                    .singleElement()
                    .satisfies(read -> assertThat(((GatewayFrame.ApprovalAccepted) read).methods())
                            .containsExactly(assent.protocol.ProofMethod.DEVICE_SMS));
        }
        assertMalformed(
                Wire.fromGateway(),
                frame.setApprovalAccepted(
                                accepted.addMethods(assent.protocol.wire.proto.ProofMethod.PROOF_METHOD_UNSPECIFIED))
                        .build());
    }

    @Test
    void aReasonOfALaterVersionIsReadAsAFailureOfTheGateway() {
        for (int unknown : new int[] {0, 8, 255, 256, 70_000, -1}) {
            var frame = assent.protocol.wire.proto.GatewayFrame.newBuilder()
                    .setRefused(assent.protocol.wire.proto.Refused.newBuilder()
                            .setReasonValue(unknown)
                            .setRetryAfterMillis(1_500));
            try (var wire = Wire.fromGateway()) {
                wire.receive(Wire.framed(frame.build().toByteArray()));
                assertThat(wire.frames())
                        .containsExactly(
                                new GatewayFrame.Refused(Reason.INTERNAL, Optional.of(Duration.ofMillis(1_500)), 0));
            }
        }
    }

    private static DeviceFrame.Send send(String to, boolean body, boolean delivery) {
        return new DeviceFrame.Send(
                Samples.MESSAGE_ID,
                to,
                body ? Optional.of(Samples.BODY) : Optional.<Body>empty(),
                delivery ? Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO)) : Optional.empty());
    }

    private static DeviceFrame received(Send send) {
        try (var wire = Wire.fromDevice()) {
            wire.receive(Wire.framed(assent.protocol.wire.proto.DeviceFrame.newBuilder()
                    .setSend(send)
                    .build()
                    .toByteArray()));
            return wire.frames().getFirst();
        }
    }

    /// The first good frame of the type that the path begins with, with the path's field changed.
    private static Message change(Stream<? extends Message> good, String path, Object value) {
        String[] names = path.split("\\.", -1);
        Message frame = good.filter(candidate -> candidate.hasField(field(candidate, names[0])))
                .findFirst()
                .orElseThrow();
        var changed = frame.toBuilder();
        var inner = changed.getFieldBuilder(field(frame, names[0]));
        FieldDescriptor field = inner.getDescriptorForType().findFieldByName(names[1]);
        boolean isEnum = field.getJavaType() == FieldDescriptor.JavaType.ENUM;
        inner.setField(field, isEnum ? field.getEnumType().findValueByNumberCreatingIfUnknown((int) value) : value);
        return changed.build();
    }

    private static FieldDescriptor field(Message message, String name) {
        return message.getDescriptorForType().findFieldByName(name);
    }

    private static void assertMalformed(Wire<?> wire, Message frame) {
        try (wire) {
            byte[] framed = Wire.framed(frame.toByteArray());
            var violation = catchThrowableOfType(FrameViolation.class, () -> wire.receive(framed));
            assertThat(violation.reason()).isEqualTo(Reason.FRAME_MALFORMED);
            assertThat(violation.getMessage()).doesNotContain("7700", "4029", "xxx", "über");
            assertThat(violation).hasNoCause();
            assertThat(wire.frames()).isEmpty();
        }
    }
}
