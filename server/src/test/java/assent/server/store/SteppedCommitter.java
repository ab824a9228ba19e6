package assent.server.store;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.ExecutorService;

/// The real committer without its thread: its owner says when a batch is gathered, and when it is made
/// durable. Confined to one thread.
public final class SteppedCommitter {
    private final Committer committer;
    private List<Committer.Pending<?>> inHand = List.of();

    public SteppedCommitter(Store store, CommitLimits limits, MeterRegistry registry) {
        this.committer = new Committer(store, limits, registry, false);
    }

    /// The real reads on threads of the caller's.
    public static StoreReads reads(Store store, ExecutorService threads, MeterRegistry registry) {
        return new StoreReads(store, threads, registry);
    }

    public Committer committer() {
        return committer;
    }

    public int waiting() {
        return committer.waiting();
    }

    /// Takes the next batch in hand.
    public void gather() {
        inHand = committer.gather();
    }

    /// What is gathered and not committed.
    public List<Write<?>> inHand() {
        return inHand.stream().<Write<?>>map(Committer.Pending::write).toList();
    }

    /// Makes durable what is in hand, and answers.
    public void commit() {
        committer.commit(inHand);
        inHand = List.of();
        if (hasFailed()) {
            committer.refuseWaiting();
        }
    }

    /// Whether the store has failed for good.
    public boolean hasFailed() {
        return committer.failure().toCompletableFuture().isDone();
    }
}
