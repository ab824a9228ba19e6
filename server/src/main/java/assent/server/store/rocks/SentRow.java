package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.store.MessageState;
import java.nio.ByteBuffer;

/// What the duplicate index knows of a message: that it waits, or what became of it. It holds random
/// identifiers only, no number and nothing of the body. Immutable.
///
/// @param storedBytes length of the message's row, or that it had
record SentRow(long sequence, long expiresAtNanos, int storedBytes, MessageState state) {
    private static final int VERSION = 2;
    private static final int LENGTH = 1 + Long.BYTES + Long.BYTES + Integer.BYTES + 1;

    /// Before outcomes were remembered: all rows were of waiting messages.
    private static final int VERSION_WITHOUT_STATE = 1;

    static byte[] key(DeviceId mailbox, DeviceId fromDevice, MessageId messageId) {
        byte[] key = new byte[3 * Id.BYTES];
        mailbox.writeTo(key, 0);
        fromDevice.writeTo(key, Id.BYTES);
        messageId.writeTo(key, 2 * Id.BYTES);
        return key;
    }

    /// The key of the same message in another mailbox.
    static byte[] keyIn(DeviceId mailbox, byte[] key) {
        byte[] moved = key.clone();
        mailbox.writeTo(moved, 0);
        return moved;
    }

    /// A row of a message that waits.
    static SentRow waiting(long sequence, long expiresAtNanos, int storedBytes) {
        return new SentRow(sequence, expiresAtNanos, storedBytes, MessageState.WAITING);
    }

    boolean isWaiting() {
        return state == MessageState.WAITING;
    }

    SentRow become(MessageState outcome) {
        return new SentRow(sequence, expiresAtNanos, storedBytes, outcome);
    }

    /// This row's entry in the expiry index: under the message's key while it waits, under its own
    /// afterwards.
    byte[] expiryKey(byte[] sentKey) {
        return isWaiting()
                ? ExpiryKey.encode(
                        expiresAtNanos, ExpiryKey.Kind.MESSAGE, MessageRow.key(DeviceId.read(sentKey, 0), sequence))
                : ExpiryKey.encode(expiresAtNanos, ExpiryKey.Kind.OUTCOME, sentKey);
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) VERSION)
                .putLong(sequence)
                .putLong(expiresAtNanos)
                .putInt(storedBytes)
                .put(state.code())
                .array();
    }

    static SentRow decode(byte[] value) {
        boolean hasState = value.length == LENGTH && value[0] == VERSION;
        if (!hasState && (value.length != LENGTH - 1 || value[0] != VERSION_WITHOUT_STATE)) {
            throw new DamagedRow(Table.SENT, "neither of version " + VERSION_WITHOUT_STATE + " nor of " + VERSION);
        }
        ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1);
        return new SentRow(in.getLong(), in.getLong(), in.getInt(), hasState ? state(in.get()) : MessageState.WAITING);
    }

    private static MessageState state(byte code) {
        try {
            return MessageState.of(code);
        } catch (IllegalArgumentException e) {
            throw new DamagedRow(Table.SENT, "state " + code + " is unknown");
        }
    }
}
