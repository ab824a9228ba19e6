package assent.server.delivery;

import java.time.Duration;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// One timer for the graces of all that was pushed over one link: it runs for the earliest. Confined to
/// the link's event loop.
///
/// *If it comes late*, the event loop was busy or stood still, and acknowledgements that came in time may
/// still be unread: then the loop reads first, once, and the time is over after that. Otherwise a gateway with
/// too much to do would store what is delivered already, which is more to do.
final class GraceTimer {
    /// Later than this a timer of an idle event loop never is. A task that waits for so long runs after the loop
    /// has read what there is.
    private static final Duration LATE = Duration.ofMillis(2);

    private final Link link;
    private final Runnable over;
    private @Nullable Future<?> running;
    private long dueNanos;
    private boolean loopHasRead;

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
        running = link.schedule(delay, this::due);
    }

    private void due() {
        running = null;
        if (!loopHasRead && link.nanoTime() - dueNanos > LATE.toNanos()) {
            loopHasRead = true;
            start(LATE);
        } else {
            loopHasRead = false;
            over.run();
        }
    }
}
