package assent.server.delivery;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// One timer for the graces of all that was pushed over one link: it runs for the earliest. Confined to
/// the link's event loop.
final class GraceTimer {
    private final Link link;
    private final Runnable over;
    private @Nullable Future<?> running;
    private long dueNanos;

    /// @param over run when the time is over; it starts the timer again if there is more to wait for
    GraceTimer(Link link, Runnable over) {
        this.link = link;
        this.over = over;
    }

    /// Sees to it that the time is over after `delay` at the latest.
    void start(Duration delay) {
        long due = link.nanoTime() + delay.toNanos();
        if (running != null) {
            if (due - dueNanos >= 0) {
                return;
            }
            running.cancel(false);
        }
        dueNanos = due;
        running = link.schedule(delay, () -> {
            running = null;
            over.run();
        });
    }
}
