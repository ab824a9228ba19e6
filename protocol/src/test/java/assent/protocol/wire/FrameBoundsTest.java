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
import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Each field on the wrong side of its bounds.
class FrameBoundsTest {
    private static final String SECRET = "+447700900123-402913";

    static List<Arguments> badDeviceFields() {
        var bad = new ArrayList<Arguments>();
        add(bad, "hello.client_version", "x".repeat(Limits.CLIENT_VERSION_BYTES_MAX + 1), "über", "a\nb", "a\u007fb");
        add(bad, "hello.locale", "", "en_GB", "en\n", "x".repeat(36), SECRET);
        add(bad, "notice_request.locale", "", "en_GB", "é", "x".repeat(36));
        add(bad, "notice_request.country_calling_code", 0, 1_000, -1, Integer.MIN_VALUE);
        add(bad, "approval.grant", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "approval.signature", bytes(0), bytes(63), bytes(65));
        add(bad, "claim.consent_id", bytes(0), bytes(15), bytes(17));
        add(bad, "claim.number", SECRET + "x".repeat(64), "é".repeat(33));
        add(bad, "claim.method", 0, 3, -1);
        add(bad, "code_answer.challenge_id", bytes(0), bytes(15), bytes(17));
        add(bad, "code_answer.code", SECRET + "x".repeat(64));
        add(bad, "sign_in.device_id", bytes(0), bytes(15), bytes(17));
        add(bad, "sign_in.signature", bytes(0), bytes(63), bytes(65));
        add(bad, "send.message_id", bytes(0), bytes(15), bytes(17));
        add(bad, "send.to", SECRET + "x".repeat(64));
        add(bad, "acknowledge.through", -1L, Long.MIN_VALUE);
        add(bad, "withdraw.request", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "withdraw.signature", bytes(0), bytes(63), bytes(65));
        return bad;
    }

    static List<Arguments> badGatewayFields() {
        var bad = new ArrayList<Arguments>();
        add(bad, "welcome.server_nonce", bytes(0), bytes(31), bytes(33));
        add(bad, "welcome.heartbeat_millis", 0, -1);
        add(bad, "welcome.frame_bytes_max", 0, -1, Limits.FRAME_BYTES_MAX + 1);
        add(bad, "welcome.body_bytes_max", 0, -1, Limits.BODY_BYTES_MAX + 1);
        add(bad, "welcome.sends_in_flight_max", 0, -1);
        add(bad, "welcome.deliveries_in_flight_max", 0, -1);
        add(bad, "welcome.signing_key", bytes(0), bytes(64), bytes(66));
        add(bad, "notice.canonical", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "activation_closed.retry_after_millis", -1L, Long.MAX_VALUE);
        add(bad, "approval_accepted.consent_id", bytes(0), bytes(17));
        add(bad, "approval_accepted.expires_in_millis", -1L, Long.MAX_VALUE);
        add(bad, "code_sent.challenge_id", bytes(0), bytes(17));
        add(bad, "code_sent.expires_in_millis", -1L, Long.MAX_VALUE);
        add(bad, "code_sent.tries_left", -1);
        add(bad, "sms_requested.challenge_id", bytes(0), bytes(17));
        add(bad, "sms_requested.service_number", "1".repeat(161));
        add(bad, "sms_requested.text", SECRET + "x".repeat(160));
        add(bad, "sms_requested.expires_in_millis", -1L);
        add(bad, "activated.device_id", bytes(0), bytes(17));
        add(bad, "activated.receipt", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "activated.receipt_signature", bytes(0), bytes(63), bytes(65));
        add(bad, "signed_in.epoch", -1L);
        add(bad, "deliver.delivery_number", 0L, -1L);
        add(bad, "deliver.message_id", bytes(0), bytes(17));
        add(bad, "deliver.from", "", SECRET, "447700900123");
        add(bad, "deliver.body_type", 0, 2);
        add(bad, "deliver.body", bytes(0), bytes(Limits.BODY_BYTES_MAX + 1));
        add(bad, "deliver.accepted_at_millis", -1L, Long.MAX_VALUE);
        add(bad, "send_result.message_id", bytes(0), bytes(17));
        add(bad, "send_result.outcome", 0, 5, -1);
        add(bad, "send_result.retry_after_millis", -1L);
        add(bad, "delivery_receipt.message_id", bytes(0), bytes(17));
        add(bad, "withdrawn.certificate", bytes(0), bytes(Limits.DOCUMENT_BYTES_MAX + 1));
        add(bad, "withdrawn.certificate_signature", bytes(0), bytes(63), bytes(65));
        add(bad, "refused.retry_after_millis", -1L);
        add(bad, "refused.tries_left", -1);
        add(bad, "goodbye.retry_after_millis", -1L);
        return bad;
    }

    @ParameterizedTest
    @MethodSource("badDeviceFields")
    void aDeviceFrameWithAFieldOutOfBoundsIsAViolation(String path, Object value) {
        var good = Samples.deviceFrames().stream().map(DeviceFrameWriter::write);
        assertMalformed(Wire.fromDevice(), change(good, path, value));
    }

    @ParameterizedTest
    @MethodSource("badGatewayFields")
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
        assertThat(received(send.toBuilder().setBody(bytes(0)).build())).isEqualTo(send("not a number", false, true));
        assertThat(received(send.toBuilder()
                        .setBody(bytes(Limits.BODY_BYTES_MAX + 1))
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
                .setConsentId(bytes(16))
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

    private static void add(List<Arguments> to, String path, Object... values) {
        Arrays.stream(values).forEach(value -> to.add(Arguments.of(path, value)));
    }

    private static ByteString bytes(int length) {
        return ByteString.copyFrom(new byte[length]);
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
