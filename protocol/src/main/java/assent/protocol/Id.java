package assent.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/// A random 16-byte identifier, held as two longs so that a million of them stay small. Immutable.
///
/// Identifiers name things, they authorise nothing: each is safe to log.
public sealed interface Id permits MessageId, DeviceId, ConsentId, ChallengeId {
    /// Length of every identifier on the wire, in bytes.
    int BYTES = 16;

    long high();

    long low();

    /// The 16 bytes, big-endian, as they stand on the wire.
    default byte[] toArray() {
        var bytes = new byte[BYTES];
        writeTo(bytes, 0);
        return bytes;
    }

    /// Writes the 16 bytes into `target` from `offset`.
    default void writeTo(byte[] target, int offset) {
        Codec.LONG.set(target, offset, high());
        Codec.LONG.set(target, offset + Long.BYTES, low());
    }

    /// 32 lower-case hexadecimal digits.
    default String hex() {
        return Codec.hex(high()) + Codec.hex(low());
    }

    /// Builds one kind of identifier from its halves.
    @FunctionalInterface
    interface Maker<T extends Id> {
        T make(long high, long low);
    }

    /// Reads an identifier from `bytes` at `offset`.
    static <T extends Id> T read(byte[] bytes, int offset, Maker<T> maker) {
        return maker.make((long) Codec.LONG.get(bytes, offset), (long) Codec.LONG.get(bytes, offset + Long.BYTES));
    }

    static <T extends Id> T random(Maker<T> maker) {
        return maker.make(Codec.RANDOM.nextLong(), Codec.RANDOM.nextLong());
    }

    /// @throws IllegalArgumentException if `hex` is not 32 hexadecimal digits
    static <T extends Id> T parseHex(String hex, Maker<T> maker) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("an identifier has 32 hexadecimal digits, not " + hex.length());
        }
        return read(Bytes.fromHex(hex).borrow(), 0, maker);
    }

    /// How the halves become bytes and digits.
    final class Codec {
        private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
        private static final SecureRandom RANDOM = new SecureRandom();

        private Codec() {}

        private static String hex(long half) {
            return java.util.HexFormat.of().toHexDigits(half);
        }
    }
}
