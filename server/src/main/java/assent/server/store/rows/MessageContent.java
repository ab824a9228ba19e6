package assent.server.store.rows;

import assent.protocol.Body;
import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What of a waiting message is sealed: time of acceptance 8, kind of the body ([Body#kind]) 1, length of the sender's
/// number 1, the
/// number, the body. Immutable.
public record MessageContent(long acceptedAtNanos, PhoneNumber from, Body body) {
    private static final int HEADER_BYTES = Long.BYTES + 2;

    /// The bytes to seal.
    public static byte[] of(Write.Append append) {
        byte[] number = append.from().e164().getBytes(StandardCharsets.US_ASCII);
        Body body = append.body();
        return ByteBuffer.allocate(HEADER_BYTES + number.length + body.length())
                .putLong(Moment.nanos(append.acceptedAt()))
                .put((byte) body.kind())
                .put((byte) number.length)
                .put(number)
                .put(body.borrow())
                .array();
    }

    /// What [#of] gave.
    public static MessageContent read(byte[] content) {
        ByteBuffer in = ByteBuffer.wrap(content);
        long acceptedAtNanos = in.getLong();
        int kind = Byte.toUnsignedInt(in.get());
        byte[] number = new byte[in.get()];
        in.get(number);
        byte[] body = Arrays.copyOfRange(content, in.position(), content.length);
        return new MessageContent(
                acceptedAtNanos,
                PhoneNumber.parse(new String(number, StandardCharsets.US_ASCII)),
                Body.ofKind(kind, body));
    }

    /// The message as it is read.
    public StoredMessage message(long sequence, MessageId id, DeviceId fromDevice, long expiresAtNanos) {
        return new StoredMessage(
                sequence, id, from, fromDevice, body, Moment.instant(acceptedAtNanos), Moment.instant(expiresAtNanos));
    }
}
