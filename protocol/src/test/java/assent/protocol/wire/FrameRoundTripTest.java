package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Body;
import assent.protocol.BodyType;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.Samples;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class FrameRoundTripTest {
    static List<DeviceFrame> deviceFrames() {
        return Samples.deviceFrames();
    }

    static List<GatewayFrame> gatewayFrames() {
        return Samples.gatewayFrames();
    }

    @ParameterizedTest
    @MethodSource("deviceFrames")
    void whatADeviceSendsArrives(DeviceFrame frame) {
        assertArrives(Wire.fromDevice(), frame);
    }

    @ParameterizedTest
    @MethodSource("gatewayFrames")
    void whatAGatewaySendsArrives(GatewayFrame frame) {
        assertArrives(Wire.fromGateway(), frame);
    }

    @Test
    void everyTypeOfFrameHasASample() {
        assertEveryTypeIn(DeviceFrame.class, Samples.deviceFrames());
        assertEveryTypeIn(GatewayFrame.class, Samples.gatewayFrames());
    }

    @ParameterizedTest
    @EnumSource(Reason.class)
    void everyReasonArrives(Reason reason) {
        assertArrives(Wire.fromGateway(), new GatewayFrame.Goodbye(reason, Optional.empty()));
        assertThat(assent.protocol.wire.proto.Reason.forNumber(reason.wireCode())
                        .name())
                .isEqualTo("REASON_" + reason.name());
    }

    @Test
    void theSchemaHasNoReasonThatTheLibraryLacks() {
        assertThat(assent.protocol.wire.proto.Reason.values())
                .hasSize(Reason.values().length + 2); // unspecified and unrecognised
    }

    @Test
    void aBodyOfAnyBytesArrivesExactly() {
        var random = new Random(7);
        for (int length : new int[] {1, 2, 127, 128, 16_383, Limits.BODY_BYTES_MAX}) {
            var bytes = new byte[length];
            random.nextBytes(bytes);
            assertArrives(
                    Wire.fromDevice(),
                    new DeviceFrame.Send(
                            Samples.MESSAGE_ID,
                            Samples.NUMBER.e164(),
                            Optional.of(Body.wrap(BodyType.TEXT_UTF8, bytes)),
                            Optional.of(new DeliveryOption.CloudOnly(Duration.ofDays(1)))));
        }
    }

    @Test
    void aRetryTimeBelowAMillisecondIsNotLost() {
        try (var wire = Wire.fromGateway()) {
            wire.receive(wire.encode(new GatewayFrame.Goodbye(Reason.OVERLOADED, Optional.of(Duration.ofNanos(1)))));
            assertThat(wire.frames())
                    .containsExactly(new GatewayFrame.Goodbye(Reason.OVERLOADED, Optional.of(Duration.ofMillis(1))));
        }
    }

    @Test
    void aFrameThatNoPeerWouldTakeIsNotSent() {
        try (var wire = Wire.fromDevice()) {
            var number = "x".repeat(Limits.FRAME_BYTES_MAX);
            assertThatThrownBy(() -> wire.encode(
                            new DeviceFrame.Send(Samples.MESSAGE_ID, number, Optional.empty(), Optional.empty())))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("at most 32768 bytes");
        }
    }

    private static <F> void assertArrives(Wire<F> wire, F frame) {
        try (wire) {
            byte[] bytes = wire.encode(frame);
            wire.receive(bytes);
            wire.receiveOneByOne(bytes);
            assertThat(wire.frames()).containsExactly(frame, frame);
        }
    }

    private static void assertEveryTypeIn(Class<?> sealed, List<?> samples) {
        assertThat(samples.stream().map(Object::getClass).collect(Collectors.<Class<?>>toSet()))
                .isEqualTo(Arrays.stream(sealed.getPermittedSubclasses()).collect(Collectors.toSet()));
    }
}
