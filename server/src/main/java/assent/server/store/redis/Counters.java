package assent.server.store.redis;

import assent.protocol.Bytes;
import assent.protocol.PhoneNumber;
import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.store.Counter;
import assent.server.store.Write;
import assent.server.store.rows.CounterRow;
import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Counts per number, and towards limits that many share, with `count.lua`; and invitations, which one
/// holds at a time, with `hold.lua`. Immutable.
final class Counters {
    private static final byte[] SHARED = Times.word("T");
    private static final byte[] NONE = {};

    private final Keys keys;

    Counters(Keys keys) {
        this.keys = keys;
    }

    /// The counter's field among what is kept of a number.
    static byte[] field(Counter counter) {
        return Times.digits(CounterRow.code(counter));
    }

    private byte[] about(PhoneNumber number) {
        return keys.macOf(number).toArray();
    }

    Work count(Write.Count write) {
        return count(about(write.number()), field(write.counter()), write.now(), 1, write.max(), write.window());
    }

    Work tally(Write.Tally write) {
        return count(write.subject().toArray(), SHARED, write.now(), write.amount(), write.max(), write.window());
    }

    private static Work count(byte[] about, byte[] field, Instant now, int amount, int max, Duration window) {
        return asked(about, field, "COUNT", now, Times.nanos(now.plus(window)), amount, max);
    }

    Work look(Write.Look write) {
        return asked(about(write.number()), field(write.counter()), "LOOK", write.now(), NONE, 0, write.max());
    }

    private static Work asked(
            byte[] about, byte[] field, String what, Instant now, byte[] latestEnd, int amount, int max) {
        return Work.Piped.of(() -> new Work.Plan.Ask(
                command(about, field, what, now, latestEnd, amount, max),
                reply -> Optional.of(counted(Replies.list(reply), now))));
    }

    private static Write.CountResult counted(List<?> reply, Instant now) {
        if (Replies.word(reply.getFirst()).equals("COUNTED")) {
            return new Write.Counted((int) Replies.number(reply.get(1)));
        }
        long ends = ByteBuffer.wrap(Replies.bytes(reply.get(1))).getLong();
        return new Write.LimitReached(Duration.ofNanos(ends - Moment.nanos(now)));
    }

    Work takeBack(Write.TakeBack write) {
        return back(about(write.number()), field(write.counter()), write.now(), 1);
    }

    Work untally(Write.Untally write) {
        return back(write.subject().toArray(), SHARED, write.now(), write.amount());
    }

    private static Work back(byte[] about, byte[] field, Instant now, int amount) {
        return Work.Piped.of(() -> new Work.Plan.Ask(
                command(about, field, "BACK", now, NONE, amount, 0), _ -> Optional.of(new Write.Done())));
    }

    private static Command command(
            byte[] about, byte[] field, String what, Instant now, byte[] latestEnd, int amount, int max) {
        var of = new RedisKeys.Of(about);
        return Scripts.COUNT.on(
                new byte[][] {of.a, of.e, of.x},
                field,
                Times.word(what),
                Times.nanos(now),
                latestEnd,
                Times.digits(amount),
                Times.digits(max));
    }

    Work hold(Write.HoldInvitation write) {
        return Work.Piped.of(() -> new Work.Plan.Ask(
                hold(write.invitation(), write),
                reply -> Optional.of(Replies.number(reply) == 1 ? new Write.Held() : new Write.HeldByAnother())));
    }

    private static Command hold(Bytes invitation, Write.HoldInvitation write) {
        var of = new RedisKeys.Of(invitation.toArray());
        return Scripts.HOLD.on(
                new byte[][] {of.a, of.e, of.x},
                write.holder().toArray(),
                Times.nanos(write.now()),
                Times.nanos(write.until()));
    }
}
