package assent.server.simulation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/// An event loop, or a pool of store threads, on virtual time. Each task waits for a random moment, so
/// that loops overtake each other; tasks of one loop keep their order. What is left when it is killed
/// never runs. Confined to one thread.
final class VirtualLoop extends AbstractExecutorService implements ScheduledExecutorService {
    private final VirtualTime time;
    private final Dice dice;
    private final Duration waitMax;
    private final boolean inOrder;
    private long lastNanos;
    private boolean running;
    private boolean dead;

    /// @param inOrder false for a pool
    VirtualLoop(VirtualTime time, Dice dice, Duration waitMax, boolean inOrder) {
        this.time = time;
        this.dice = dice;
        this.waitMax = waitMax;
        this.inOrder = inOrder;
    }

    boolean isInside() {
        return running;
    }

    void kill() {
        dead = true;
    }

    @Override
    public void execute(Runnable task) {
        if (dead) {
            throw new RejectedExecutionException("the gateway of this loop is dead");
        }
        long at = time.nanos() + dice.upTo(waitMax).toNanos();
        if (inOrder) {
            at = Math.max(at, lastNanos);
            lastNanos = at;
        }
        time.at(at, () -> run(task));
    }

    private void run(Runnable task) {
        if (dead) {
            return;
        }
        boolean before = running;
        running = true;
        try {
            task.run();
        } finally {
            running = before;
        }
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
        return time.after(Duration.of(delay, unit.toChronoUnit()), () -> run(task));
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody needs it");
    }

    @Override
    public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initialDelay, long period, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody needs it");
    }

    @Override
    public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initialDelay, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException("nobody needs it");
    }

    @Override
    public void shutdown() {
        dead = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
        dead = true;
        return List.of();
    }

    @Override
    public boolean isShutdown() {
        return dead;
    }

    @Override
    public boolean isTerminated() {
        return dead;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
        return dead;
    }
}
