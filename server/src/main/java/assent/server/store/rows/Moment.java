package assent.server.store.rows;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/// Instants as nanoseconds since 1970: exact until 2262, in the order of time as unsigned or signed
/// numbers.
public final class Moment {
    /// Stands for "never".
    public static final long NEVER = Long.MAX_VALUE;

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private Moment() {}

    /// What lies outside 1970 to 2262 becomes the nearer end.
    public static long nanos(Instant instant) {
        if (instant.getEpochSecond() < 0) {
            return 0;
        }
        if (instant.getEpochSecond() >= NEVER / NANOS) {
            return NEVER;
        }
        return instant.getEpochSecond() * NANOS + instant.getNano();
    }

    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }
}
