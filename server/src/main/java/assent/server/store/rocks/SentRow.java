package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.store.MessageState;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;

/// What the duplicate index knows of a message: that it waits, or what became of it. It holds random
/// identifiers only, no number and nothing of the body. Immutable.
///
/// @param expiresAtNanos when it is forgotten, whatever became of it
/// @param storedBytes length of the message's row, or that it had
/// @param deadlineNanos of a message that waits, or that fell back then; [Moment#NEVER] if it has none,
///     0 if that it fell back does not depend on the clock any more
record SentRow(long sequence, long expiresAtNanos, int storedBytes, MessageState state, long deadlineNanos) {
    private static final int VERSION_WITH_DEADLINE = 3;
    private static final int VERSION = 2;
    private static final int LENGTH = 1 + Long.BYTES + Long.BYTES + Integer.BYTES + 1;
    private static final long DECIDED = 0;

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
    static SentRow waiting(long sequence, long expiresAtNanos, int storedBytes, long deadlineNanos) {
        return new SentRow(sequence, expiresAtNanos, storedBytes, MessageState.WAITING, deadlineNanos);
    }

    /// A row of a message that will have fallen back at its deadline, with nothing to deliver meanwhile.
    static SentRow fallsBackAt(long deadlineNanos, long sequence, long expiresAtNanos) {
        return new SentRow(sequence, expiresAtNanos, 0, MessageState.FELL_BACK, deadlineNanos);
    }

    /// A row of a message that has fallen back for good.
    static SentRow fellBack(long sequence, long expiresAtNanos) {
        return fallsBackAt(DECIDED, sequence, expiresAtNanos);
    }

    boolean isWaiting() {
        return state == MessageState.WAITING;
    }

    boolean hasDeadline() {
        return deadlineNanos != Moment.NEVER;
    }

    boolean isDecided() {
        return deadlineNanos == DECIDED;
    }

    SentRow become(MessageState outcome) {
        return new SentRow(sequence, expiresAtNanos, storedBytes, outcome, Moment.NEVER);
    }

    /// This row's entry in the expiry index. That of a message without a deadline is the same while it waits
    /// and afterwards, so that taking it out touches two rows and not five.
    byte[] expiryKey(byte[] sentKey) {
        return isWaiting() && hasDeadline()
                ? ExpiryKey.encode(
                        Math.min(expiresAtNanos, deadlineNanos),
                        ExpiryKey.Kind.MESSAGE,
                        MessageRow.key(DeviceId.read(sentKey, 0), sequence))
                : ExpiryKey.encode(expiresAtNanos, ExpiryKey.Kind.OUTCOME, sentKey);
    }

    byte[] encode() {
        var out = ByteBuffer.allocate(LENGTH + (hasDeadline() ? Long.BYTES : 0))
                .put((byte) (hasDeadline() ? VERSION_WITH_DEADLINE : VERSION))
                .putLong(sequence)
                .putLong(expiresAtNanos)
                .putInt(storedBytes)
                .put(state.code());
        if (hasDeadline()) {
            out.putLong(deadlineNanos);
        }
        return out.array();
    }

    static SentRow decode(byte[] value) {
        int version = value.length == 0 ? 0 : value[0];
        int length = switch (version) {
            case VERSION_WITHOUT_STATE -> LENGTH - 1;
            case VERSION -> LENGTH;
            case VERSION_WITH_DEADLINE -> LENGTH + Long.BYTES;
            default -> -1;
        };
        if (value.length != length) {
            throw new DamagedRow(
                    Table.SENT, "of none of the versions " + VERSION_WITHOUT_STATE + " to " + VERSION_WITH_DEADLINE);
        }
        ByteBuffer in = ByteBuffer.wrap(value, 1, value.length - 1);
        return new SentRow(
                in.getLong(),
                in.getLong(),
                in.getInt(),
                version == VERSION_WITHOUT_STATE ? MessageState.WAITING : state(in.get()),
                version == VERSION_WITH_DEADLINE ? in.getLong() : Moment.NEVER);
    }

    private static MessageState state(byte code) {
        try {
            return MessageState.of(code);
        } catch (IllegalArgumentException e) {
            throw new DamagedRow(Table.SENT, "state " + code + " is unknown");
        }
    }
}
