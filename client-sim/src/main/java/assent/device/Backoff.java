package assent.device;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long a device waits before it connects again: "full jitter", a uniformly random wait below a
/// ceiling that doubles with each attempt. Immutable.
///
/// The jitter is what keeps a gateway's restart from bringing all its devices back in one moment.
///
/// @param first ceiling before the first new attempt
/// @param max no ceiling is above this
public record Backoff(Duration first, Duration max) {
    private static final int DOUBLINGS_MAX = 20;
    private static final Duration LONGEST = Duration.ofHours(24);

    public Backoff {
        if (first.toMillis() < 1 || max.compareTo(first) < 0 || max.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a backoff goes from at least 1 ms up to at most " + LONGEST
                    + ", not from " + first + " to " + max);
        }
    }

    /// What `docs/protocol.md` asks for: from one second to five minutes.
    public static Backoff standard() {
        return new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(5));
    }

    /// @param failures attempts that failed one after the other, from 0
    public Duration delay(int failures, RandomGenerator random) {
        long ceiling = first.toMillis() << Math.min(failures, DOUBLINGS_MAX);
        return Duration.ofMillis(random.nextLong(Math.min(ceiling, max.toMillis()) + 1));
    }

    /// The wait after a gateway named one itself: never shorter than that, and up to twice as long, so
    /// that the devices that it sent away do not come back together.
    public Duration delayAfter(Duration retryAfter, RandomGenerator random) {
        Duration named = retryAfter.compareTo(LONGEST) > 0 ? LONGEST : retryAfter;
        return named.plusMillis(random.nextLong(named.toMillis() + 1));
    }
}
