package assent.server.cluster.redis;

import assent.protocol.DeviceId;
import assent.protocol.Id;
import assent.protocol.PhoneNumber;
import assent.server.redis.Command;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.Script;
import assent.server.store.Activation;
import assent.server.store.ActivationStore;
import assent.server.store.GatewayId;
import assent.server.store.Hold;
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
/// The seat is taken first, and the activation looked at afterwards: whoever withdraws it comes before, and
/// this finds it gone, or comes after, and finds the seat. Epochs go by Redis' clock, and rise whatever
/// that does; so a seat that is gone leaves no row behind.
final class RedisSeats implements SeatStore {
    /// A seat that nobody looks after goes: sessions look twice a day.
    private static final Duration KEPT = Duration.ofDays(2);

    private static final Script TAKE = Script.of(RedisSeats.class, "seat-take.lua");
    private static final Script HOLD = Script.of(RedisSeats.class, "seat-hold.lua");
    private static final Script LEAVE = Script.of(RedisSeats.class, "seat-leave.lua");

    private final RedisLink link;
    private final Function<PhoneNumber, byte[]> keyOf;
    private final GatewayId self;
    private final ActivationStore activations;

    RedisSeats(
            RedisLink link, GatewayId self, Function<PhoneNumber, byte[]> keyOf, ActivationStore activations) {
        this.link = link;
        this.self = self;
        this.keyOf = keyOf;
        this.activations = activations;
    }

    @Override
    public Optional<Seating> take(Activation activation, long order) throws StoreException {
        var reply = (List<?>) run(TAKE, activation.number(), activation.deviceId().toArray(), kept());
        long epoch = number(reply.get(0));
        if (activations.activation(activation.deviceId()).isEmpty()) {
            leave(activation, epoch);
            return Optional.empty();
        }
        return Optional.of(new Seating(epoch, seat(reply.subList(1, 4)).filter(seat -> !isHere(seat))));
    }

    private boolean isHere(Seat seat) {
        return seat.gateway().equals(self);
    }

    @Override
    public Hold look(Activation activation) throws StoreException {
        if (activations.activation(activation.deviceId()).isEmpty()) {
            return Hold.GONE;
        }
        Object isHere = run(HOLD, activation.number(), activation.deviceId().toArray(), kept());
        return Long.valueOf(1).equals(isHere) ? Hold.HERE : Hold.ELSEWHERE;
    }

    @Override
    public void leave(Activation activation, long epoch) throws StoreException {
        run(LEAVE, activation.number(), Box.bytes(Long.toString(epoch)));
    }

    /// The command whose reply [#seat] reads.
    Command find(PhoneNumber number) {
        byte[] key = keyOf.apply(number);
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

    private Object run(Script script, PhoneNumber number, byte[]... arguments) throws StoreException {
        byte[][] all = new byte[1 + arguments.length][];
        all[0] = self.toArray();
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return ask(script.inFull(new byte[][] {keyOf.apply(number)}, all));
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
