package assent.server.store.rocks;

import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Rewrites the files after erasures, so that what was erased is gone from the disk within the
/// configured time. One platform thread; rounds follow each other no faster than a third of that
/// time, so that many withdrawals share one. Thread-safe.
///
/// A round that fails, as on a full disk, is tried again; its marks stay.
final class Eraser implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Eraser.class);

    private final Duration within;
    private final Runnable cancel;
    private final Thread thread;

    /// When the next round has to begin, by [System#nanoTime]. Guarded by this.
    private Optional<Long> dueNanos = Optional.empty();

    /// Guarded by this.
    private boolean closed;

    private boolean failing;

    interface Round {
        /// Whether there was anything to do.
        boolean run() throws Exception;
    }

    /// @param cancel makes a running round fail soon
    Eraser(Duration within, Runnable cancel, Round round) {
        this.within = within;
        this.cancel = cancel;
        this.thread = Thread.ofPlatform().name("assent-eraser").unstarted(() -> run(round));
    }

    /// How long erasures wait for each other: a third of the time; the rest is for the round.
    static Duration waitMax(Duration within) {
        return within.dividedBy(3);
    }

    /// Starts; what a crash left is due at once.
    void start() {
        wake(Duration.ZERO);
        thread.start();
    }

    synchronized void wake(Duration delay) {
        long due = System.nanoTime() + delay.toNanos();
        if (dueNanos.isEmpty() || dueNanos.get() - due > 0) {
            dueNanos = Optional.of(due);
            notifyAll();
        }
    }

    /// False once closed.
    private synchronized boolean awaitDue() throws InterruptedException {
        while (!closed) {
            if (dueNanos.isEmpty()) {
                wait();
                continue;
            }
            long waitNanos = dueNanos.get() - System.nanoTime();
            if (waitNanos <= 0) {
                dueNanos = Optional.empty();
                return true;
            }
            wait(waitNanos / 1_000_000, (int) (waitNanos % 1_000_000));
        }
        return false;
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void run(Round round) {
        try {
            while (awaitDue()) {
                attempt(round);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void attempt(Round round) throws InterruptedException {
        long startedNanos = System.nanoTime();
        try {
            if (round.run()) {
                finished(Duration.ofNanos(System.nanoTime() - startedNanos));
            }
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) { // whatever it is: without this thread nothing leaves the files any more
            if (isClosed()) {
                return;
            }
            if (!failing) {
                failing = true;
                LOG.error("What was erased could not be taken out of the store's files. It is tried again.", e);
            }
            wake(waitMax(within));
        }
    }

    private void finished(Duration taken) {
        if (failing) {
            failing = false;
            LOG.info("What was erased is out of the store's files.");
        }
        if (taken.plus(waitMax(within)).compareTo(within) > 0) {
            LOG.warn(
                    "Taking what was erased out of the store's files took {}; with the wait before it that is more"
                            + " than store.erase-within ({}). Raise the option, or give the disk less to do.",
                    taken,
                    within);
        }
    }

    /// Ends a running round where it is, and waits for the thread; the next opening goes on with it.
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        cancel.run();
        thread.interrupt();
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true; // the database must not be closed under the thread
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
