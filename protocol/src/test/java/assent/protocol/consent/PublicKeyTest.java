package assent.protocol.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.Samples;
import java.math.BigInteger;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PublicKeyTest {
    private static final BigInteger FIELD_PRIME =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

    @Test
    void aPointOnTheCurveIsAKey() {
        assertThat(PublicKey.ofPoint(Samples.DEVICE_KEY.point())).isEqualTo(Samples.DEVICE_KEY);
        assertThat(KeyPair.generate().publicKey()).isNotEqualTo(Samples.DEVICE_KEY);
    }

    @Test
    void aPointBesideTheCurveIsNone() {
        for (int i = 1; i < PublicKey.POINT_BYTES; i++) {
            byte[] point = Samples.DEVICE_KEY.point().toArray();
            point[i] ^= 1;
            assertRefused(point);
        }
    }

    @Test
    void infinityIsNone() {
        assertRefused(new byte[] {0});
        byte[] zeroes = new byte[PublicKey.POINT_BYTES];
        assertRefused(zeroes);
        zeroes[0] = 4;
        assertRefused(zeroes);
    }

    @Test
    void onlyTheUncompressedPrefixIsTaken() {
        for (int prefix = 0; prefix < 256; prefix++) {
            byte[] point = Samples.DEVICE_KEY.point().toArray();
            point[0] = (byte) prefix;
            if (prefix != 4) {
                assertRefused(point);
            }
        }
        byte[] compressed = Arrays.copyOf(Samples.DEVICE_KEY.point().borrow(), 33);
        compressed[0] = 3;
        assertRefused(compressed);
    }

    @Test
    void aPointHasSixtyFiveBytes() {
        assertRefused(new byte[0]);
        assertRefused(Arrays.copyOf(Samples.DEVICE_KEY.point().borrow(), 64));
        assertRefused(Arrays.copyOf(Samples.DEVICE_KEY.point().borrow(), 66));
    }

    /// x = 5 is on the curve; x + p has the same remainder and must not be a second spelling of it.
    @Test
    void aCoordinateIsBelowTheFieldPrime() {
        byte[] five = pointWithX(BigInteger.valueOf(5));
        assertThat(PublicKey.ofPoint(Bytes.wrap(five)).point().length()).isEqualTo(65);
        byte[] other = five.clone();
        put(BigInteger.valueOf(5).add(FIELD_PRIME), other, 1);
        assertRefused(other);
    }

    private static byte[] pointWithX(BigInteger x) {
        var b = new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
        BigInteger square =
                x.pow(3).subtract(x.multiply(BigInteger.valueOf(3))).add(b).mod(FIELD_PRIME);
        // The prime is 3 modulo 4, so this power is a root where there is one.
        BigInteger y = square.modPow(FIELD_PRIME.add(BigInteger.ONE).shiftRight(2), FIELD_PRIME);
        byte[] point = new byte[PublicKey.POINT_BYTES];
        point[0] = 4;
        put(x, point, 1);
        put(y, point, 33);
        return point;
    }

    private static void put(BigInteger value, byte[] target, int offset) {
        byte[] hex = Bytes.fromHex(String.format("%064x", value)).borrow();
        System.arraycopy(hex, 0, target, offset, 32);
    }

    private static void assertRefused(byte[] point) {
        assertThatThrownBy(() -> PublicKey.ofPoint(Bytes.wrap(point)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a P-256 public key");
    }
}
