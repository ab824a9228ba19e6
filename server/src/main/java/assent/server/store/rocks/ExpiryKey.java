package assent.server.store.rocks;

import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// An entry of the expiry index: what expires when. Immutable.
///
/// @param rowKey the key of the row that expires, which the record owns
@SuppressWarnings("ArrayRecordComponent") // never compared
record ExpiryKey(long atNanos, Kind kind, byte[] rowKey) {
    /// Which table the row is in.
    enum Kind {
        CONSENT(1),
        /// A waiting message that has a deadline, or that an earlier version put.
        MESSAGE(2),
        COUNTER(3),
        /// What the duplicate index knows of a message, and the message itself if it waits.
        OUTCOME(4),
        /// A registration PIN that has outlived its activation.
        PIN(9),
        /// A held invitation.
        INVITATION(10);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        private static Kind of(byte code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new DamagedRow(Table.EXPIRY, "kind " + code + " is unknown");
        }
    }

    static byte[] encode(long atNanos, Kind kind, byte[] rowKey) {
        byte[] key = new byte[Long.BYTES + 1 + rowKey.length];
        ByteBuffer.wrap(key).putLong(atNanos).put(kind.code).put(rowKey);
        return key;
    }

    /// The first key after all that expire at `atNanos` or before.
    static byte[] after(long atNanos) {
        long next = atNanos == Moment.NEVER ? atNanos : atNanos + 1;
        return ByteBuffer.allocate(Long.BYTES).putLong(next).array();
    }

    static ExpiryKey decode(byte[] key) {
        if (key.length <= Long.BYTES) {
            throw new DamagedRow(Table.EXPIRY, "its key is too short");
        }
        return new ExpiryKey(
                ByteBuffer.wrap(key).getLong(),
                Kind.of(key[Long.BYTES]),
                Arrays.copyOfRange(key, Long.BYTES + 1, key.length));
    }
}
