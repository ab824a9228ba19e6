package assent.server.policy.book;

import assent.server.store.StoreException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks for newer versions of the policy again and again, on a thread of its own. It asks the store
/// instead of being told, so that no message can be lost: a gateway that was cut off catches up by
/// itself.
public final class PolicyWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

    /// So that a change is seen in time even if three looks in a row come late.
    private static final Duration EVERY = PolicyBook.NOTICED_WITHIN.dividedBy(4);

    private final PolicyBook book;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("assent-policy").daemon().factory());
    private boolean failing;

    public PolicyWatch(PolicyBook book) {
        this.book = book;
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::look, EVERY.toNanos(), EVERY.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void look() {
        try {
            book.refresh();
            failing = false;
        } catch (StoreException | RuntimeException e) { // an exception would end the looking
            if (!failing && !timer.isShutdown()) { // its end interrupts a look
                failing = true;
                LOG.error(
                        "The policy cannot be looked at; version {} goes on.",
                        book.current().number(),
                        e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
