package assent.server.cluster;

import assent.protocol.Bytes;
import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.MessageId;
import assent.protocol.Reason;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// A letter as bytes: its kind, then its fields. Gateways of one release write and read each other's; a kind
/// that is not known, as from a newer release during a rolling upgrade, is passed over. Pure functions.
public final class LetterBytes {
    private static final byte MAILBOX_GREW = 1;
    private static final byte GIVE_WAY = 2;
    private static final byte LOOK_AGAIN = 3;
    private static final byte DELIVERED = 4;
    private static final byte PROVED = 5;
    private static final byte SIGN_OUT = 6;
    private static final byte DRAIN = 7;

    /// Longer ones are of no kind that there is.
    private static final int BYTES_MAX = 128;

    private static final int MAC_BYTES = 32;

    private LetterBytes() {}

    public static byte[] of(Letter letter) {
        ByteBuffer to = ByteBuffer.allocate(BYTES_MAX);
        switch (letter) {
            case Letter.MailboxGrew(var mailbox) -> to.put(MAILBOX_GREW).put(mailbox.toArray());
            case Letter.GiveWay(var device, var epoch, var replaced) ->
                to.put(GIVE_WAY).put(device.toArray()).putLong(epoch).put(flag(replaced));
            case Letter.LookAgain(var device, var reason) ->
                to.put(LOOK_AGAIN).put(device.toArray()).putInt(reason.wireCode());
            case Letter.Delivered(var device, var messageId) ->
                to.put(DELIVERED).put(device.toArray()).put(messageId.toArray());
            case Letter.Proved(var text, var number) ->
                to.put(PROVED).put(text.borrow()).put(number.borrow());
            case Letter.SignOut(var device) -> to.put(SIGN_OUT).put(device.toArray());
            case Letter.Drain() -> to.put(DRAIN);
        }
        return Arrays.copyOf(to.array(), to.position());
    }

    private static byte flag(boolean value) {
        return (byte) (value ? 1 : 0);
    }

    /// @return empty if these bytes are no letter that is known here
    public static Optional<Letter> read(byte[] bytes) {
        if (bytes.length == 0) {
            return Optional.empty();
        }
        try {
            return read(ByteBuffer.wrap(bytes));
        } catch (BufferUnderflowException e) {
            return Optional.empty();
        }
    }

    private static Optional<Letter> read(ByteBuffer from) {
        return switch (from.get()) {
            case MAILBOX_GREW -> Optional.of(new Letter.MailboxGrew(device(from)));
            case GIVE_WAY -> Optional.of(new Letter.GiveWay(device(from), from.getLong(), from.get() == 1));
            case LOOK_AGAIN -> {
                DeviceId device = device(from);
                yield reason(from.getInt()).map(reason -> new Letter.LookAgain(device, reason));
            }
            case DELIVERED -> Optional.of(new Letter.Delivered(device(from), MessageId.read(take(from, Id.BYTES), 0)));
            case PROVED ->
                Optional.of(new Letter.Proved(Bytes.wrap(take(from, MAC_BYTES)), Bytes.wrap(take(from, MAC_BYTES))));
            case SIGN_OUT -> Optional.of(new Letter.SignOut(device(from)));
            case DRAIN -> Optional.of(new Letter.Drain());
            default -> Optional.empty();
        };
    }

    private static Optional<Reason> reason(int wireCode) {
        return Arrays.stream(Reason.values())
                .filter(reason -> reason.wireCode() == wireCode)
                .findFirst();
    }

    private static DeviceId device(ByteBuffer from) {
        return DeviceId.read(take(from, Id.BYTES), 0);
    }

    private static byte[] take(ByteBuffer from, int length) {
        var bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
