package assent.server.keys;

import java.nio.ByteBuffer;

/// A phone number's pseudonym: HMAC-SHA-256 under the pepper, as four longs. Whoever lacks the pepper
/// cannot tell which number it is, nor try numbers until one fits. Immutable; [#toString] hides it.
public record NumberMac(long first, long second, long third, long fourth) {
    /// Length in stores, in bytes.
    public static final int BYTES = 32;

    /// The 32 bytes, big-endian, as they stand in stores.
    public byte[] toArray() {
        return ByteBuffer.allocate(BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /// Reads the 32 bytes from `bytes` at `offset`.
    public static NumberMac read(byte[] bytes, int offset) {
        ByteBuffer longs = ByteBuffer.wrap(bytes, offset, BYTES);
        return new NumberMac(longs.getLong(), longs.getLong(), longs.getLong(), longs.getLong());
    }

    @Override
    public String toString() {
        return "NumberMac[hidden]";
    }
}
