package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import java.nio.ByteBuffer;

/// What the duplicate index knows of a waiting message. Immutable.
///
/// @param storedBytes length of the message's row
record SentRow(long sequence, long expiresAtNanos, int storedBytes) {
    private static final int VERSION = 1;
    private static final int LENGTH = 1 + Long.BYTES + Long.BYTES + Integer.BYTES;

    static byte[] key(DeviceId mailbox, DeviceId fromDevice, MessageId messageId) {
        byte[] key = new byte[3 * Id.BYTES];
        mailbox.writeTo(key, 0);
        fromDevice.writeTo(key, Id.BYTES);
        messageId.writeTo(key, 2 * Id.BYTES);
        return key;
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) VERSION)
                .putLong(sequence)
                .putLong(expiresAtNanos)
                .putInt(storedBytes)
                .array();
    }

    static SentRow decode(byte[] value) {
        if (value.length != LENGTH || value[0] != VERSION) {
            throw new DamagedRow(Table.SENT, "not of version " + VERSION);
        }
        ByteBuffer in = ByteBuffer.wrap(value, 1, LENGTH - 1);
        return new SentRow(in.getLong(), in.getLong(), in.getInt());
    }
}
