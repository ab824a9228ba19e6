package assent.server.store.redis;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisException;
import assent.server.store.Write;
import assent.server.store.rows.ConsentRow;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Erases what expired. Each sweep looks into some partitions, and the next into those after them, so
/// that it stays short; with several gateways each goes its own round. Confined to the store's writer.
final class Sweep {
    private static final byte[] NONE = {};

    private final Pipes writer;
    private final Consents consents;
    private final int partitionsAtOnce;
    private final byte[] outcomesMax;
    private int next;

    Sweep(Pipes writer, Consents consents, RedisStoreConfig config) {
        this.writer = writer;
        this.consents = consents;
        this.partitionsAtOnce = config.sweepPartitions();
        this.outcomesMax = Times.digits(config.outcomesMax());
    }

    Work sweep(Write.Sweep write) {
        return new Work.Staged(() -> new Write.Swept(run(write)));
    }

    private int run(Write.Sweep write) throws RedisException {
        List<Command> looks = new ArrayList<>();
        int first = next;
        for (int i = 0; i < partitionsAtOnce; i++) {
            looks.add(due(RedisKeys.expiry((first + i) % RedisKeys.PARTITIONS), write));
        }
        int erased = 0;
        List<?> found = writer.run(looks);
        for (int i = 0; i < found.size() && erased < write.max(); i++) {
            for (Object member : Replies.list(found.get(i))) {
                if (erased < write.max()) {
                    erased += erase(Replies.bytes(member), write.now(), write.max() - erased);
                }
            }
        }
        if (erased < write.max()) { // else the same partitions may have more
            next = (first + partitionsAtOnce) % RedisKeys.PARTITIONS;
        }
        return erased;
    }

    private static Command due(byte[] x, Write.Sweep write) {
        return Command.of(
                Command.Name.ZRANGEBYSCORE,
                x,
                x,
                Times.word("-inf"),
                Times.scoreAbove(write.now()),
                Times.word("LIMIT"),
                Times.word("0"),
                Times.digits(write.max()));
    }

    /// @param member a letter, and the bytes that it is about
    private int erase(byte[] member, Instant now, int max) throws RedisException {
        byte[] about = Arrays.copyOfRange(member, 1, member.length);
        return switch (member[0]) {
            case 'c' -> consent(about, now);
            case 'd' -> device(about);
            default -> number(about, now, max);
        };
    }

    private int number(byte[] about, Instant now, int max) throws RedisException {
        var of = new RedisKeys.Of(about);
        Command command = Scripts.SWEEP.on(
                new byte[][] {of.a, of.m, of.s, of.f, of.e, of.x},
                Times.nanos(now),
                Times.scoreAbove(now),
                Times.digits(max),
                outcomesMax);
        return (int) Replies.number(writer.run(List.of(command)).getFirst());
    }

    private int consent(byte[] about, Instant now) throws RedisException {
        ByteBuffer in = ByteBuffer.wrap(about);
        var id = new ConsentId(in.getLong(), in.getLong());
        byte[] value = consents.value(id);
        if (Values.is('T', value)) {
            return taken(id, value);
        }
        boolean waits = Values.is('P', value)
                && ConsentRow.decode(Values.content(value)).expiresAtNanos() > Moment.nanos(now);
        if (waits) {
            return 0;
        }
        writer.run(List.of(consents.swap(id, value, NONE), Pointers.forget('c', about)));
        return value.length == 0 ? 0 : 1;
    }

    /// A pointer: it stays if the number that it leads to rests on it.
    private int taken(ConsentId id, byte[] value) throws RedisException {
        byte[] number = Arrays.copyOfRange(value, 1, 33);
        NumberState state = NumberState.read(writer, new RedisKeys.Of(number));
        boolean held = state.isActivated() && state.consent().equals(id);
        byte[] now = held ? Arrays.copyOf(value, 1 + 32 + 16) : NONE;
        writer.run(List.of(consents.swap(id, value, now)));
        return held ? 0 : 1;
    }

    private int device(byte[] about) throws RedisException {
        ByteBuffer in = ByteBuffer.wrap(about);
        var id = new DeviceId(in.getLong(), in.getLong());
        byte[] number = Replies.bytes(writer.run(List.of(Homes.lookUp(id))).getFirst());
        boolean held = false;
        if (number.length > 0) {
            NumberState state = NumberState.read(writer, new RedisKeys.Of(number));
            held = state.isActivated() && state.device().equals(id);
        }
        byte[] key = RedisKeys.key('d', about);
        List<Command> last = new ArrayList<>();
        if (!held) {
            last.add(Command.of(Command.Name.DEL, key, key));
        }
        last.add(Pointers.forget('d', about));
        writer.run(last);
        return 0;
    }
}
