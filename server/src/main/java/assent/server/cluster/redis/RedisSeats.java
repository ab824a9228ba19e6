package assent.server.cluster.redis;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.PhoneNumber;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.Script;
import assent.server.store.GatewayId;
import assent.server.store.Hold;
import assent.server.store.Holder;
import assent.server.store.Seat;
import assent.server.store.SeatStore;
import assent.server.store.Seating;
import assent.server.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Seats in Redis: one hash for each number with a live session, gone when the session ends. Thread-safe.
///
/// A seat is in the slot of its number's activation, which is looked at in the same step. Epochs go by Redis' clock,
/// and rise whatever that does; so a seat that is gone leaves no row behind.
///
/// No replica has to confirm a seat: what a primary took with it is found by a look of every session, which follows
/// whenever a primary is replaced ([RedisMember]).
final class RedisSeats implements SeatStore {
    /// A seat that nobody looks after goes: sessions look twice a day.
    private static final Duration KEPT = Duration.ofDays(2);

    private static final Script TAKE = Script.of(RedisSeats.class, "seat-take.lua");
    private static final Script HOLD = Script.of(RedisSeats.class, "seat-hold.lua");
    private static final Script LEAVE = Script.of(RedisSeats.class, "seat-leave.lua");

    private final RedisLink link;
    private final Function<PhoneNumber, byte[][]> keysOf;
    private final GatewayId self;

    /// @param keysOf the keys of a number's seat and of its activation
    RedisSeats(RedisLink link, GatewayId self, Function<PhoneNumber, byte[][]> keysOf) {
        this.link = link;
        this.self = self;
        this.keysOf = keysOf;
    }

    @Override
    public Optional<Seating> take(Holder holder, long order) throws StoreException {
        var reply = (List<?>) run(TAKE, holder, holder.deviceId().toArray(), kept());
        return reply.isEmpty()
                ? Optional.empty()
                : Optional.of(new Seating(
                        number(reply.getFirst()), seat(reply.subList(1, 4)).filter(seat -> !isHere(seat))));
    }

    private boolean isHere(Seat seat) {
        return seat.gateway().equals(self);
    }

    @Override
    public Hold look(Holder holder, long epoch) throws StoreException {
        Object hold = run(HOLD, holder, holder.deviceId().toArray(), kept(), Box.bytes(Long.toString(epoch)));
        return Hold.valueOf(new String((byte[]) hold, StandardCharsets.US_ASCII));
    }

    @Override
    public Optional<Seat> find(PhoneNumber number) throws StoreException {
        return seat(ask(finding(number)));
    }

    @Override
    public void leave(Holder holder, long epoch) throws StoreException {
        run(LEAVE, holder, Box.bytes(Long.toString(epoch)));
    }

    /// The command whose reply [#seat] reads.
    Command finding(PhoneNumber number) {
        byte[] key = keysOf.apply(number)[0];
        return Command.of(Command.Name.HMGET, key, key, Box.bytes("g"), Box.bytes("d"), Box.bytes("e"));
    }

    static Optional<Seat> seat(@Nullable Object reply) {
        return reply instanceof List<?> fields
                        && fields.get(0) instanceof byte[] gateway
                        && gateway.length == GatewayId.BYTES
                        && fields.get(1) instanceof byte[] device
                        && device.length == Id.BYTES
                ? Optional.of(new Seat(GatewayId.read(gateway, 0), DeviceId.read(device, 0), number(fields.get(2))))
                : Optional.empty();
    }

    private Object run(Script script, Holder holder, byte[]... arguments) throws StoreException {
        byte[][] all = new byte[1 + arguments.length][];
        all[0] = self.toArray();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ask(script.inFull(keysOf.apply(holder.number()), all));
    }

    private Object ask(Command command) throws StoreException {
        try {
            return link.read(List.of(command)).getFirst();
        } catch (RedisException e) {
            throw new StoreException("Redis cannot say who has a seat: " + e.getMessage(), e);
        }
    }

    private static byte[] kept() {
        return Box.bytes(Long.toString(KEPT.toMillis()));
    }

    private static long number(@Nullable Object digits) {
        return digits instanceof byte[] bytes ? Long.parseLong(new String(bytes, StandardCharsets.US_ASCII)) : 0;
    }
}
