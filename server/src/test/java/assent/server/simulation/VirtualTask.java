package assent.server.simulation;

import java.util.Comparator;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// Something that is to happen at a moment of virtual time. Confined to one thread.
final class VirtualTask implements ScheduledFuture<Object> {
    private static final Comparator<VirtualTask> ORDER =
            Comparator.comparingLong(VirtualTask::atNanos).thenComparingLong(task -> task.number);

    private final VirtualTime time;
    private final long atNanos;
    private final long number;
    private final Runnable what;
    private boolean done;
    private boolean cancelled;

    VirtualTask(VirtualTime time, long atNanos, long number, Runnable what) {
        this.time = time;
        this.atNanos = atNanos;
        this.number = number;
        this.what = what;
    }

    long atNanos() {
        return atNanos;
    }

    void run() {
        if (!cancelled) {
            done = true;
            what.run();
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        cancelled |= !done;
        return cancelled;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public boolean isDone() {
        return done || cancelled;
    }

    @Override
    public Object get() {
        if (!done) {
            throw new CancellationException("nothing waits in virtual time");
        }
        return this;
    }

    @Override
    public Object get(long timeout, TimeUnit unit) {
        return get();
    }

    @Override
    public long getDelay(TimeUnit unit) {
        return unit.convert(atNanos - time.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
        return ORDER.compare(this, (VirtualTask) other);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(number);
    }
}
