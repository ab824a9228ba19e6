package assent.server.store.rows;

import assent.protocol.Bytes;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// An invitation that is held. Immutable.
///
/// @param holder 16 random bytes
public record InvitationRow(Bytes holder, long untilNanos) {
    private static final int VERSION = 1;
    private static final int HOLDER_BYTES = 16;
    private static final int LENGTH = 1 + HOLDER_BYTES + Long.BYTES;

    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) VERSION)
                .put(holder.borrow())
                .putLong(untilNanos)
                .array();
    }

    public static InvitationRow decode(byte[] value) {
        if (value.length != LENGTH || value[0] != VERSION) {
            throw new DamagedRow(RowKind.INVITATION, "not of version " + VERSION);
        }
        return new InvitationRow(
                Bytes.wrap(Arrays.copyOfRange(value, 1, 1 + HOLDER_BYTES)),
                ByteBuffer.wrap(value).getLong(1 + HOLDER_BYTES));
    }
}
