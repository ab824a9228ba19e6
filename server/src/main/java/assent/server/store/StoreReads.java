package assent.server.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks the store on a few platform threads, and answers where the asker lives. Thread-safe; [#read]
/// never blocks.
public final class StoreReads implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreReads.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private final Store store;
    private final ExecutorService threads;
    private final Counter refusals;
    private final AtomicBoolean failing = new AtomicBoolean();

    /// @param threadsMax how many reads go on at once; on a busy disk each may take milliseconds
    /// @param queueMax how many more may wait; a further one is answered [Answer.Unavailable]
    public StoreReads(Store store, int threadsMax, int queueMax, MeterRegistry registry) {
        this(store, pool(threadsMax, queueMax, registry), registry);
    }

    /// @param threads where reads go on, which this closes
    StoreReads(Store store, ExecutorService threads, MeterRegistry registry) {
        this.store = store;
        this.threads = threads;
        refusals = Counter.builder("assent.store.reads.refusals")
                .description("Reads that found the queue full or the store closed")
                .baseUnit("reads")
                .register(registry);
    }

    private static ExecutorService pool(int threadsMax, int queueMax, MeterRegistry registry) {
        var waiting = new ArrayBlockingQueue<Runnable>(queueMax);
        Gauge.builder("assent.store.reads.queue", waiting, Collection::size)
                .description("Reads that wait for a thread")
                .baseUnit("reads")
                .register(registry);
        return new ThreadPoolExecutor(
                threadsMax,
                threadsMax,
                0,
                TimeUnit.SECONDS,
                waiting,
                Thread.ofPlatform().name("assent-store-read-", 1).factory());
    }

    /// Asks. `reply` runs on `replyOn`, once: with the answer, or with [Answer.Unavailable] if too many
    /// reads wait, the store failed, or this is closed.
    public <R> void read(Read<R> read, Executor replyOn, Consumer<Answer<R>> reply) {
        try {
            threads.execute(() -> {
                Answer<R> answer = ask(read);
                reply(replyOn, reply, answer);
            });
        } catch (RejectedExecutionException e) {
            refusals.increment();
            reply(replyOn, reply, new Answer.Unavailable<>());
        }
    }

    private <R> Answer<R> ask(Read<R> read) {
        try {
            var value = new Answer.Value<>(read.from(store));
            if (failing.compareAndSet(true, false)) {
                LOG.info("The store can be read again.");
            }
            return value;
        } catch (StoreException e) {
            if (failing.compareAndSet(false, true)) {
                LOG.error("The store cannot be read.", e);
            }
        } catch (RuntimeException | Error e) {
            LOG.error("A read broke the store. This is a bug.", e);
        }
        return new Answer.Unavailable<>();
    }

    private static <R> void reply(Executor replyOn, Consumer<Answer<R>> reply, Answer<R> answer) {
        Replies.give(replyOn, List.of(() -> reply.accept(answer)));
    }

    /// Takes nothing new, and finishes what was asked if that takes no longer than `atMost`; what is
    /// left is never answered, since nobody is there any more.
    public void close(Duration atMost) {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(atMost.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.warn("Reads did not finish within {}.", atMost);
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Closes within five seconds.
    @Override
    public void close() {
        close(CLOSE_WAIT);
    }
}
