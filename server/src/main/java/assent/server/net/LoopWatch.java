package assent.server.net;

import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.TimeUnit;

/// Looks once a second how late one event loop comes to what is due: what keeps it busy keeps every
/// connection on it waiting. Confined to that loop; ends with it.
final class LoopWatch {
    private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventExecutor loop;
    private final ListenerMeters meters;
    private long dueNanos;

    LoopWatch(EventExecutor loop, ListenerMeters meters) {
        this.loop = loop;
        this.meters = meters;
    }

    void start() {
        loop.execute(this::next);
    }

    private void next() {
        dueNanos = System.nanoTime() + EVERY_NANOS;
        loop.schedule(this::look, EVERY_NANOS, TimeUnit.NANOSECONDS);
    }

    private void look() {
        meters.loopLag(System.nanoTime() - dueNanos);
        if (!loop.isShuttingDown()) {
            next();
        }
    }
}
