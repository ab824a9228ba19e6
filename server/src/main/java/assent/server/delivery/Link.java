package assent.server.delivery;

import assent.protocol.GatewayFrame;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The way to one connected device.
public interface Link {
    /// The connection's event loop. Tasks run one after the other.
    ScheduledExecutorService executor();

    /// Whether the caller is on the event loop.
    boolean isOnLoop();

    /// Sends a frame; on the event loop only. Frames that are sent after the connection closed are
    /// dropped.
    void send(GatewayFrame frame);

    /// Whether the device takes what is sent to it; on the event loop only.
    boolean isWritable();

    /// The monotonic clock that [#schedule] goes by, in nanoseconds.
    default long nanoTime() {
        return System.nanoTime();
    }

    /// Runs a task on the event loop: at once if the caller is there, else after the tasks before it.
    default void run(Runnable task) {
        if (isOnLoop()) {
            task.run();
        } else {
            executor().execute(task);
        }
    }

    /// Runs a task on the event loop later.
    default Future<?> schedule(Duration delay, Runnable task) {
        return executor().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
