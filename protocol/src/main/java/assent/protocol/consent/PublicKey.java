package assent.protocol.consent;

import assent.protocol.Bytes;
import java.math.BigInteger;
import java.util.Arrays;

/// A P-256 public key as an uncompressed point: 0x04, x, y; 65 bytes (SEC 1, clause 2.3.3). Immutable.
///
/// Construction checks that the point is on the curve, so a value of this type is safe to verify with.
public final class PublicKey {
    /// Length of the uncompressed point.
    public static final int POINT_BYTES = 65;

    private static final BigInteger P =
            new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);
    private static final BigInteger B =
            new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
    private static final BigInteger THREE = BigInteger.valueOf(3);

    private final Bytes point;

    private PublicKey(Bytes point) {
        this.point = point;
    }

    /// @throws IllegalArgumentException if `point` is not an uncompressed point of P-256
    public static PublicKey ofPoint(Bytes point) {
        if (point.length() != POINT_BYTES || point.borrow()[0] != 4 || !isOnCurve(point.borrow())) {
            throw new IllegalArgumentException(
                    "not a P-256 public key: expected an uncompressed point of 65 bytes that is on the curve");
        }
        return new PublicKey(point);
    }

    private static boolean isOnCurve(byte[] point) {
        var x = new BigInteger(1, Arrays.copyOfRange(point, 1, 33));
        var y = new BigInteger(1, Arrays.copyOfRange(point, 33, 65));
        if (x.compareTo(P) >= 0 || y.compareTo(P) >= 0) {
            return false;
        }
        BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(B).mod(P);
        return y.multiply(y).mod(P).equals(right);
    }

    public Bytes point() {
        return point;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublicKey that && point.equals(that.point);
    }

    @Override
    public int hashCode() {
        return point.hashCode();
    }

    @Override
    public String toString() {
        return "PublicKey[" + Sha256.of(point).hex().substring(0, 16) + "]";
    }
}
