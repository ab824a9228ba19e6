package assent.server.store.rows;

import assent.server.store.PinHash;
import java.time.Duration;
import java.time.Instant;

/// A number's registration PIN, and the day on which its device was last seen. Immutable.
///
/// @param seenDay days since 1970, by UTC: no finer time is kept
/// @param expiresAtNanos when the row goes; [Moment#NEVER] while an activation has the number
public record PinRow(long seenDay, long expiresAtNanos, PinHash pin) {
    private static final int VERSION = 1;

    public static PinRow of(PinHash pin, Instant now) {
        return new PinRow(day(now), Moment.NEVER, pin);
    }

    public static long day(Instant now) {
        return Math.floorDiv(now.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    public PinRow seen(Instant now) {
        return new PinRow(day(now), Moment.NEVER, pin);
    }

    /// The activation is gone, the protection stays until its end.
    public PinRow orphaned(Duration protection) {
        return new PinRow(seenDay, Moment.nanos(protectedUntil(protection)), pin);
    }

    /// Whole days after the one on which the device was last seen.
    public Instant protectedUntil(Duration protection) {
        return Instant.EPOCH.plus(Duration.ofDays(seenDay + 1)).plus(protection);
    }

    public boolean isOrphan() {
        return expiresAtNanos != Moment.NEVER;
    }

    public byte[] encode() {
        return new RowWriter()
                .version(VERSION)
                .number(seenDay)
                .number(expiresAtNanos)
                .number(pin.iterations())
                .run(pin.salt())
                .run(pin.hash())
                .done();
    }

    public static PinRow decode(byte[] value) {
        var in = new RowReader(RowKind.PIN, value).version(VERSION);
        long seenDay = in.number();
        long expiresAtNanos = in.number();
        int iterations = Math.toIntExact(in.number());
        return new PinRow(seenDay, expiresAtNanos, new PinHash(in.run(), iterations, in.run()));
    }
}
