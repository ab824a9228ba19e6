package assent.server.store;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Has the store erase what expired, in steps small enough that other writes pass between them. Expired
/// things are invisible already; this makes them gone.
///
/// The steps go through the committer, so the store still has one writer. Thread-safe.
public final class Sweeper implements AutoCloseable {
    /// Things erased in one step; more wait for the next, which follows at once.
    static final int STEP_MAX = 500;

    private final Committer committer;
    private final Clock clock;
    private final Duration every;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("assent-sweeper").daemon().factory());

    /// @param every pause after a sweep that found nothing more
    public Sweeper(Committer committer, Clock clock, Duration every) {
        this.committer = committer;
        this.clock = clock;
        this.every = every;
    }

    public void start() {
        timer.schedule(this::step, every.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void step() {
        committer.submit(new Write.Sweep(clock.instant(), STEP_MAX), timer, answer -> {
            boolean more = answer instanceof Answer.Value<Write.Swept>(Write.Swept swept) && swept.erased() >= STEP_MAX;
            timer.schedule(this::step, more ? 0 : every.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
