package assent.server.store.rows;

import assent.protocol.Bytes;
import assent.server.keys.NumberMac;
import assent.server.store.Counter;
import java.nio.ByteBuffer;

/// A running window of one number's counter. Immutable.
public record CounterRow(int count, long endsAtNanos) {
    private static final int VERSION = 1;
    private static final byte SHARED = 100;
    private static final int LENGTH = 1 + Integer.BYTES + Long.BYTES;

    public static byte[] key(NumberMac number, Counter counter) {
        return ByteBuffer.allocate(NumberMac.BYTES + 1)
                .put(number.toArray())
                .put(code(counter))
                .array();
    }

    /// Of a limit that many share.
    ///
    /// @param subject 32 bytes
    public static byte[] key(Bytes subject) {
        return ByteBuffer.allocate(NumberMac.BYTES + 1)
                .put(subject.borrow())
                .put(SHARED)
                .array();
    }

    /// The number that stands for it in keys; never reused.
    public static byte code(Counter counter) {
        return switch (counter) {
            case CODE_TRIES -> 1;
            case SMS_SENT -> 2;
            case PIN_TRIES -> 3;
        };
    }

    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) VERSION)
                .putInt(count)
                .putLong(endsAtNanos)
                .array();
    }

    public static CounterRow decode(byte[] value) {
        if (value.length != LENGTH || value[0] != VERSION) {
            throw new DamagedRow(RowKind.COUNTER, "not of version " + VERSION);
        }
        ByteBuffer in = ByteBuffer.wrap(value, 1, LENGTH - 1);
        return new CounterRow(in.getInt(), in.getLong());
    }
}
