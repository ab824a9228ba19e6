package assent.server.session;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/// Watches one session's next deadline. Confined to the connection's event loop.
final class DeadlineWatch {
    /// How long a deadline is left alone at most: timers and clocks may run apart.
    private static final Duration WATCH_MAX = Duration.ofHours(1);

    private static final Future<?> NONE = CompletableFuture.completedFuture(null);

    private final Connection connection;
    private final Clock clock;
    private final Runnable over;
    private Future<?> watch = NONE;

    /// @param over run at the deadline
    DeadlineWatch(Connection connection, Clock clock, Runnable over) {
        this.connection = connection;
        this.clock = clock;
        this.over = over;
    }

    /// Watches this deadline, and no earlier one any more.
    void await(Instant deadline) {
        watch.cancel(false);
        Duration left = Duration.between(clock.instant(), deadline);
        Duration wait = left.compareTo(WATCH_MAX) < 0 ? left : WATCH_MAX;
        watch = connection.schedule(wait, () -> {
            if (clock.instant().isBefore(deadline)) {
                await(deadline);
            } else {
                over.run();
            }
        });
    }

    void stop() {
        watch.cancel(false);
    }
}
