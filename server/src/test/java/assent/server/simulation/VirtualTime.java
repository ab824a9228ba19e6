package assent.server.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.PriorityQueue;

/// Time that stands still until the next thing happens. Whatever is due at the same moment happens
/// in the order in which it was arranged. Confined to one thread.
final class VirtualTime extends Clock {
    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private final PriorityQueue<VirtualTask> due = new PriorityQueue<>();
    private long nowNanos;
    private long arranged;

    long nanos() {
        return nowNanos;
    }

    /// Arranges for something to happen.
    VirtualTask after(Duration delay, Runnable what) {
        return at(nowNanos + Math.max(0, delay.toNanos()), what);
    }

    /// @param nanos if that is over, it happens now
    VirtualTask at(long nanos, Runnable what) {
        var task = new VirtualTask(this, Math.max(nowNanos, nanos), arranged++, what);
        due.add(task);
        return task;
    }

    /// Lets the next thing happen.
    ///
    /// @return false if nothing is arranged
    boolean step() {
        VirtualTask next = due.poll();
        if (next == null) {
            return false;
        }
        nowNanos = next.atNanos();
        next.run();
        return true;
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nowNanos);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
