package assent.sim.faults;

import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.util.List;

/// Looks in Redis which gateways count as alive. Confined to one thread.
///
/// @param redis the primary
record Boxes(RedisServer redis) {
    /// What operators are promised: by then a gateway that says nothing is nobody's any more.
    static final Duration GONE_WITHIN = Duration.ofSeconds(15);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    int count() {
        return ((List<?>) redis.ask("KEYS", "letters:*")).size();
    }

    /// Waits until so many gateways count as alive, but not for ever.
    ///
    /// @return how long it took
    Duration await(int count, Duration atMost) throws InterruptedException {
        long startedNanos = System.nanoTime();
        while (count() != count && System.nanoTime() - startedNanos < atMost.toNanos()) {
            Thread.sleep(LOOK_EVERY);
        }
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
