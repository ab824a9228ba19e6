package assent.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The time of day when the gateway started, plus what has passed since by the machine's monotonic
/// clock. Thread-safe.
///
/// If somebody sets the wall clock while the gateway runs, nothing expires early and no code comes back
/// to life. The price: the gateway sees a correction of the wall clock only at its next start.
final class SteadyClock extends Clock {
    private final Instant start = Instant.now();
    private final long startNanos = System.nanoTime();

    @Override
    public Instant instant() {
        return start.plus(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.fixed(instant(), zone);
    }
}
