package assent.server.store.redis;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.store.rows.PinRow;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/// Who has a number, and its PIN, as read before a change; the change's script compares. Immutable.
final class NumberState {
    private final RedisKeys.Of keys;
    private final byte[] owner;
    private final byte[] row;
    private final byte[] pin;

    private NumberState(RedisKeys.Of keys, byte[] owner, byte[] row, byte[] pin) {
        this.keys = keys;
        this.owner = owner;
        this.row = row;
        this.pin = pin;
    }

    RedisKeys.Of keys() {
        return keys;
    }

    /// Device and consent; empty if nobody has the number.
    byte[] owner() {
        return owner;
    }

    byte[] row() {
        return row;
    }

    /// Empty if there is none.
    byte[] pin() {
        return pin;
    }

    static NumberState read(Pipes writer, RedisKeys.Of keys) throws RedisException {
        Command ask = Command.of(Command.Name.HMGET, keys.a, keys.a, Times.word("i"), Times.word("r"), Times.word("p"));
        List<?> fields = Replies.list(writer.run(List.of(ask)).getFirst());
        return new NumberState(
                keys, Replies.bytes(fields.get(0)), Replies.bytes(fields.get(1)), Replies.bytes(fields.get(2)));
    }

    boolean isActivated() {
        return owner.length > 0;
    }

    DeviceId device() {
        return Homes.device(owner);
    }

    ConsentId consent() {
        ByteBuffer in = ByteBuffer.wrap(owner, ConsentId.BYTES, ConsentId.BYTES);
        return new ConsentId(in.getLong(), in.getLong());
    }

    Optional<PinRow> pinRow() {
        return pin.length == 0 ? Optional.empty() : Optional.of(PinRow.decode(pin));
    }

    static byte[] owner(DeviceId device, ConsentId consent) {
        return ByteBuffer.allocate(2 * ConsentId.BYTES)
                .put(device.toArray())
                .put(consent.toArray())
                .array();
    }
}
