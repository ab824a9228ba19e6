package assent.server.sms.smpp;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Pauses between tries: each failure doubles the pause from `min` up to `max`, and half of every pause
/// is left to chance, so that gateways which lost the carrier together do not come back together.
/// Confined to the link's thread.
final class Backoff {
    private final Duration min;
    private final Duration max;
    private final RandomGenerator random;
    private Duration ceiling;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.min = min;
        this.max = max;
        this.random = random;
        this.ceiling = min;
    }

    /// The next pause: between half the ceiling and the ceiling, which then doubles.
    Duration next() {
        long half = Math.max(1, ceiling.toNanos() / 2);
        Duration pause = Duration.ofNanos(half + random.nextLong(half + 1));
        Duration doubled = ceiling.multipliedBy(2);
        ceiling = doubled.compareTo(max) > 0 ? max : doubled;
        return pause;
    }

    /// The link has proved good: begin with the shortest pause again.
    void reset() {
        ceiling = min;
    }
}
