package assent.server.sms;

import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the blocking [Carrier] off the event loops: each SMS has a virtual thread of its own until the
/// carrier's word on it is there, and the word goes back to the executor that its sender names.
///
/// At most `inFlightMax` are under way. One more is answered [Submission.Why#TOO_MANY_IN_FLIGHT] at
/// once: nothing waits in a queue, since a code that comes late is worth little. Thread-safe.
public final class SmsDispatcher {
    private static final Logger LOG = LoggerFactory.getLogger(SmsDispatcher.class);

    private final Carrier carrier;
    private final int inFlightMax;
    private final Semaphore places;
    private volatile boolean closing;

    /// @param carrier where the SMS go; stays the caller's to close, after this dispatcher
    /// @param inFlightMax most SMS under way at a time, at least 1
    public SmsDispatcher(Carrier carrier, int inFlightMax) {
        if (inFlightMax < 1) {
            throw new IllegalArgumentException("at least one SMS must be allowed in flight, not " + inFlightMax);
        }
        this.carrier = carrier;
        this.inFlightMax = inFlightMax;
        this.places = new Semaphore(inFlightMax);
    }

    /// Sends one SMS. Never blocks. `reply` is called exactly once, on `replyOn`, unless `replyOn` no
    /// longer takes anything, as an event loop that has shut down: then the word on the SMS has nobody
    /// left to hear it.
    public void send(PhoneNumber to, SmsText text, Executor replyOn, Consumer<Submission> reply) {
        if (closing) {
            answer(replyOn, reply, new Submission.Unavailable(Submission.Why.CLOSING));
        } else if (places.tryAcquire()) {
            Thread.ofVirtual().name("sms").start(() -> {
                Submission submission = submit(to, text);
                places.release();
                answer(replyOn, reply, submission);
            });
        } else {
            answer(replyOn, reply, new Submission.Unavailable(Submission.Why.TOO_MANY_IN_FLIGHT));
        }
    }

    private Submission submit(PhoneNumber to, SmsText text) {
        try {
            return carrier.submit(to, text);
        } catch (RuntimeException bug) {
            // Its message may hold what must not be logged; where it was thrown is what we need to mend it.
            LOG.error("The carrier adapter failed: {} at {}", bug.getClass().getName(), placeOf(bug));
            return new Submission.Unconfirmed();
        }
    }

    private static String placeOf(RuntimeException bug) {
        StackTraceElement[] places = bug.getStackTrace();
        return places.length == 0 ? "an unknown place" : places[0].toString();
    }

    private static void answer(Executor replyOn, Consumer<Submission> reply, Submission submission) {
        try {
            replyOn.execute(() -> reply.accept(submission));
        } catch (RejectedExecutionException e) {
            LOG.debug("Nobody is left to hear what became of an SMS");
        }
    }

    /// SMS under way now.
    public int inFlight() {
        return inFlightMax - places.availablePermits();
    }

    /// Takes nothing more, and waits for what is under way.
    ///
    /// @param patience how long to wait at most
    /// @return whether everything was answered; if not, the rest is answered when the carrier is closed
    ///     or times out
    public boolean close(Duration patience) {
        closing = true;
        try {
            boolean quiet = places.tryAcquire(inFlightMax, patience.toNanos(), TimeUnit.NANOSECONDS);
            if (quiet) {
                places.release(inFlightMax);
            }
            return quiet;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
