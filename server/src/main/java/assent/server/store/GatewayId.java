package assent.server.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;

/// Names one run of one gateway: a random value, fresh at each start. So what was left to an earlier run,
/// such as a seat, is never taken for this one's. Immutable.
public record GatewayId(long high, long low) {
    public static final int BYTES = 16;

    public static GatewayId random() {
        UUID random = UUID.randomUUID();
        return new GatewayId(random.getMostSignificantBits(), random.getLeastSignificantBits());
    }

    /// Reads the identifier's 16 bytes from `bytes` at `offset`.
    public static GatewayId read(byte[] bytes, int offset) {
        ByteBuffer longs = ByteBuffer.wrap(bytes, offset, BYTES);
        return new GatewayId(longs.getLong(), longs.getLong());
    }

    public byte[] toArray() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /// 32 hexadecimal digits.
    @Override
    public String toString() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }
}
