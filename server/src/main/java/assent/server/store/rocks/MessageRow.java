package assent.server.store.rocks;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import assent.server.store.rows.DamagedRow;
import assent.server.store.rows.MessageContent;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// A waiting message: a header in clear, then the sealed content (sender's number, body, time of
/// acceptance).
///
/// ``` header   form 1 | salt 4 | invisible from 8 | sending device 16 | message id 16 content
/// accepted at 8 | body type 1 | number's length 1 | number | body
/// ``` The header is what erasing a message needs; it holds random identifiers only, and the seal
/// covers it. Immutable.
///
/// @param salt of the store's opening that wrote it, see [MessageSeal]
/// @param expiresAtNanos from then on it is invisible: its deadline, if it has one
record MessageRow(int salt, long expiresAtNanos, DeviceId fromDevice, MessageId messageId, Form form) {
    static final int HEADER_BYTES = 1 + Integer.BYTES + Long.BYTES + 2 * Id.BYTES;

    /// What is known from the row's first byte.
    enum Form {
        /// Without a deadline; its entry in the expiry index is under its own key. Not written any more.
        FILED_BY_ITSELF(1),
        /// With a deadline: its [SentRow] has the other times.
        FALLS_BACK(2),
        /// Without a deadline; its entry in the expiry index is the one that its outcome will have.
        FILED_AS_OUTCOME(3);

        private final byte code;

        Form(int code) {
            this.code = (byte) code;
        }

        private static Form of(byte code) {
            for (Form form : values()) {
                if (form.code == code) {
                    return form;
                }
            }
            throw new DamagedRow(Table.MAILBOX, "its form " + code + " is unknown");
        }
    }

    /// A row as it is written now.
    static MessageRow of(int salt, long expiresAtNanos, DeviceId fromDevice, MessageId messageId, boolean fallsBack) {
        return new MessageRow(
                salt, expiresAtNanos, fromDevice, messageId, fallsBack ? Form.FALLS_BACK : Form.FILED_AS_OUTCOME);
    }

    boolean fallsBack() {
        return form == Form.FALLS_BACK;
    }

    static byte[] key(DeviceId mailbox, long sequence) {
        byte[] key = new byte[Id.BYTES + Long.BYTES];
        mailbox.writeTo(key, 0);
        ByteBuffer.wrap(key).putLong(Id.BYTES, sequence);
        return key;
    }

    static long sequence(byte[] key) {
        return ByteBuffer.wrap(key).getLong(Id.BYTES);
    }

    static MessageRow of(Write.Append append, int salt) {
        Optional<Instant> deadline = append.lifetime().deadline();
        return of(
                salt,
                Moment.nanos(deadline.orElse(append.expiresAt())),
                append.fromDevice(),
                append.messageId(),
                deadline.isPresent());
    }

    void writeHeader(byte[] value) {
        ByteBuffer.wrap(value).put(form.code).putInt(salt).putLong(expiresAtNanos);
        fromDevice.writeTo(value, 1 + Integer.BYTES + Long.BYTES);
        messageId.writeTo(value, 1 + Integer.BYTES + Long.BYTES + Id.BYTES);
    }

    /// @param value the row, or its first [#HEADER_BYTES]
    static MessageRow readHeader(byte[] value) {
        if (value.length < HEADER_BYTES) {
            throw new DamagedRow(Table.MAILBOX, "it is too short");
        }
        ByteBuffer in = ByteBuffer.wrap(value, 1, HEADER_BYTES - 1);
        return new MessageRow(
                in.getInt(),
                in.getLong(),
                new DeviceId(in.getLong(), in.getLong()),
                new MessageId(in.getLong(), in.getLong()),
                Form.of(value[0]));
    }

    /// Whether a message that was accepted then is to be delivered now. One with a deadline is not
    /// before the time of its acceptance either: the clock has gone back since, perhaps past a
    /// deadline.
    boolean isVisible(Instant acceptedAt, Instant now) {
        return expiresAtNanos > Moment.nanos(now) && !(fallsBack() && now.isBefore(acceptedAt));
    }

    StoredMessage message(long sequence, byte[] content) {
        return MessageContent.read(content).message(sequence, messageId, fromDevice, expiresAtNanos);
    }
}
