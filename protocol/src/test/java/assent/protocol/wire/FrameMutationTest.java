package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Frames broken at random, from a fixed seed: only a violation or a valid frame may come out,
/// never another failure.
class FrameMutationTest {
    private static final int ROUNDS = 20_000;

    @Test
    void aMutatedDeviceFrameIsAValidFrameOrAViolation() {
        mutate(FrameKind.FROM_DEVICE, Samples.deviceFrames(), 1);
    }

    @Test
    void aMutatedGatewayFrameIsAValidFrameOrAViolation() {
        mutate(FrameKind.FROM_GATEWAY, Samples.gatewayFrames(), 2);
    }

    private static <F> void mutate(FrameKind<F> kind, List<F> samples, long seed) {
        var random = new Random(seed);
        int valid = 0;
        int violations = 0;
        for (int round = 0; round < ROUNDS; round++) {
            try (var wire = Wire.of(kind, 32 * 1024)) {
                byte[] message = wire.encode(samples.get(random.nextInt(samples.size())));
                byte[] mutated = mutated(Arrays.copyOfRange(message, 4, message.length), random);
                wire.receive(Wire.framed(mutated));
                for (F frame : wire.frames()) {
                    // A frame that was taken can be sent on, and means the same.
                    wire.receive(wire.encode(frame));
                    assertThat(wire.frames()).containsExactly(frame);
                    valid++;
                }
            } catch (FrameViolation e) {
                assertThat(e).hasNoCause();
                violations++;
            }
        }
        assertThat(valid).isGreaterThan(ROUNDS / 20);
        assertThat(violations).isGreaterThan(ROUNDS / 20);
    }

    private static byte[] mutated(byte[] message, Random random) {
        byte[] bytes = message.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(4)) {
                case 0 -> bytes[at] = (byte) random.nextInt(256);
                case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 ->
                    bytes = Wire.joined(
                            Arrays.copyOf(bytes, at),
                            new byte[] {(byte) random.nextInt(256)},
                            Arrays.copyOfRange(bytes, at, bytes.length));
                default -> throw new AssertionError();
            }
        }
        return bytes.length == 0 ? new byte[] {0} : bytes;
    }
}
