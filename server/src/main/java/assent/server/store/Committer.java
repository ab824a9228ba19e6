package assent.server.store;

import assent.protocol.DeviceId;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The group committer: gathers the writes of all sessions into batches, makes each batch durable
/// in one step, then answers everyone in it. All asynchrony between sessions and the store is in
/// this class and [StoreReads].
///
/// There is no waiting for a batch to fill: while one batch is being synced, the next gathers in
/// the queue. So a lone write is as fast as the disk, and under load batches grow by themselves.
///
/// A step that failed is answered, and the next is tried: a full disk may have room again. A write
/// that touches something damaged fails alone ([Steps]). But if the store failed for good, as after
/// a failed sync, this keeps nothing more, and [#failure] says so.
///
/// [#submit] is thread-safe and never blocks. The store is touched by one platform thread only.
/// Writes of one submitting thread are applied, and answered on one executor, in the order of their
/// submission; only a refusal for want of room may overtake.
public final class Committer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Committer.class);
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(5);

    private enum Phase {
        RUNNING,
        /// Takes nothing new, and finishes what it has.
        DRAINING,
        /// Finishes the batch at hand; what waits is answered Unavailable.
        STOPPED
    }

    private final int batchMax;
    private final BlockingQueue<Pending<?>> queue;
    private final CommitMeters meters;
    private final Steps steps;
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final Thread thread;
    private volatile Phase phase = Phase.RUNNING;

    /// Starts the committer's thread. The store stays the caller's, to close after this.
    public Committer(StepStore store, CommitLimits limits, MeterRegistry registry) {
        this(store, limits, registry, true);
    }

    /// @param ownThread false if whoever makes it calls [#gather] and [#commit] in turn, on one thread
    Committer(StepStore store, CommitLimits limits, MeterRegistry registry, boolean ownThread) {
        this.batchMax = limits.batchMax();
        this.queue = new ArrayBlockingQueue<>(limits.queueMax());
        this.meters = new CommitMeters(registry, queue);
        this.steps = new Steps(store, meters, this::failedForGood);
        this.thread = Thread.ofPlatform().name("assent-committer").unstarted(this::run);
        if (ownThread) {
            thread.start();
        }
    }

    /// Completes with the store's final failure, if there is one; by then nothing more is kept.
    public CompletionStage<Throwable> failure() {
        return failure.minimalCompletionStage();
    }

    /// Hands in a write. `reply` runs on `replyOn`, once, whatever happens: with the result once it is
    /// durable, or with [Answer.Unavailable] if the queue is full, the committer is closed, or the batch
    /// failed.
    public <R extends Write.Result> void submit(Write<R> write, Executor replyOn, Consumer<Answer<R>> reply) {
        var pending = new Pending<>(write, replyOn, reply);
        if (phase != Phase.RUNNING || !queue.offer(pending)) {
            meters.refused();
            Replies.unavailable(List.of(pending));
        } else if (phase == Phase.STOPPED && queue.remove(pending)) {
            // It came in behind the last look at the queue: nobody else would answer it.
            Replies.unavailable(List.of(pending));
        }
    }

    private void run() {
        var batch = new ArrayList<Pending<?>>(batchMax);
        while (awaitBatch(batch)) {
            if (!batch.isEmpty()) {
                commit(List.copyOf(batch));
                batch.clear();
            }
        }
        phase = Phase.STOPPED;
        refuseWaiting();
    }

    /// False once there will be no more.
    private boolean awaitBatch(List<Pending<?>> batch) {
        if (phase == Phase.STOPPED) {
            return false;
        }
        try {
            Pending<?> first = phase == Phase.RUNNING ? queue.take() : queue.poll();
            if (first == null) {
                return false;
            }
            batch.add(first);
            queue.drainTo(batch, batchMax - 1);
        } catch (InterruptedException e) {
            return phase != Phase.STOPPED; // nobody of ours interrupts this thread: look again
        }
        return true;
    }

    /// What the next durable step is to hold, without waiting for it; for a committer without a thread.
    List<Pending<?>> gather() {
        var batch = new ArrayList<Pending<?>>();
        queue.drainTo(batch, batchMax);
        return batch;
    }

    /// How many writes wait.
    int waiting() {
        return queue.size();
    }

    /// Makes the batch durable and answers everyone in it.
    void commit(List<Pending<?>> batch) {
        steps.commit(batch);
    }

    /// Runs on the committer's thread.
    private void failedForGood(StoreException e) {
        phase = Phase.STOPPED;
        failure.complete(e);
    }

    /// Answers those who wait that nothing more is kept.
    void refuseWaiting() {
        var waiting = new ArrayList<Pending<?>>();
        queue.drainTo(waiting);
        Replies.unavailable(waiting);
    }

    /// Takes nothing new, finishes what was accepted, and stops; what is not finished within `atMost` is
    /// answered [Answer.Unavailable], except the batch that the store has in hand, which gets its answer
    /// when the store returns.
    public void close(Duration atMost) {
        if (phase == Phase.RUNNING) {
            phase = Phase.DRAINING;
        }
        // An empty write rouses the thread; if there is no room for it, the thread is awake.
        queue.offer(new Pending<>(new Write.Remove(new DeviceId(0, 0), List.of()), Runnable::run, _ -> {}));
        try {
            if (!thread.join(atMost)) {
                LOG.warn("The store did not finish within {}; what still waits for it is refused.", atMost);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        phase = Phase.STOPPED;
        refuseWaiting();
    }

    /// Closes within five seconds.
    @Override
    public void close() {
        close(CLOSE_WAIT);
    }

    /// A write that waits for its answer.
    record Pending<R extends Write.Result>(Write<R> write, Executor replyOn, Consumer<Answer<R>> reply) {
        /// Runs on `replyOn`.
        @SuppressWarnings("unchecked") // the store answers each write with the result type that the write names
        void answer(Write.Result result) {
            reply.accept(new Answer.Value<>((R) result));
        }

        void answerUnavailable() {
            reply.accept(new Answer.Unavailable<>());
        }
    }
}
