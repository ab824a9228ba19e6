package assent.device;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs one device's callbacks one at a time and in order on an executor that promises neither.
/// Thread-safe.
///
/// Its queue is bounded by what leads to callbacks: deliveries in hand, messages in the outbox, the
/// app's own calls.
final class Callbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Callbacks.class);

    private final Executor executor;
    private final Queue<Runnable> waiting = new ArrayDeque<>(0); // guarded by this
    private boolean running; // guarded by this

    Callbacks(Executor executor) {
        this.executor = executor;
    }

    void run(Runnable callback) {
        synchronized (this) {
            waiting.add(callback);
            if (running) {
                return;
            }
            running = true;
        }
        executor.execute(this::drain);
    }

    private void drain() {
        for (Runnable next = take(); next != null; next = take()) {
            call(next);
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Runnable take() {
        Runnable next = waiting.poll();
        running = next != null;
        return next;
    }

    /// The text of an app's exception may quote what the app was handling, so it is not logged.
    private static void call(Runnable callback) {
        try {
            callback.run();
        } catch (Throwable e) { // an error, too, must not end the callbacks of this device
            LOG.error("a callback of the app failed with {} at {}", e.getClass().getName(), firstFrame(e));
        }
    }

    private static String firstFrame(Throwable e) {
        return e.getStackTrace().length == 0 ? "an unknown place" : e.getStackTrace()[0].toString();
    }
}
