package assent.server.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one batch after the other durable, and answers everyone in it. Confined to the committer's
/// thread.
final class DurableStep {
    private static final Logger LOG = LoggerFactory.getLogger(DurableStep.class);

    private final Store store;
    private final CommitMeters meters;

    /// Whether the last batch failed, so that each change is logged once.
    private boolean failing;

    private Optional<Throwable> finalFailure = Optional.empty();

    DurableStep(Store store, CommitMeters meters) {
        this.store = store;
        this.meters = meters;
    }

    /// @return false once the store has failed for good; see [#finalFailure]
    boolean commit(List<Committer.Pending<?>> batch) {
        List<Write<?>> writes = new ArrayList<>(batch.size());
        for (Committer.Pending<?> pending : batch) {
            writes.add(pending.write());
        }
        long startedNanos = System.nanoTime();
        try {
            List<Write.Result> results = store.apply(writes);
            if (results.size() != batch.size()) {
                throw new IllegalStateException(
                        "the store gave " + results.size() + " results for " + batch.size() + " writes");
            }
            meters.committed(batch.size(), System.nanoTime() - startedNanos);
            recovered();
            Replies.results(batch, results);
        } catch (StoreException e) {
            failed(e);
            Replies.unavailable(batch);
        } catch (Throwable e) { // a bug of the store's must not end the thread that everyone waits for
            LOG.error(
                    "The store broke on a batch of {} writes; none of them is acknowledged. This is a bug.",
                    batch.size(),
                    e);
            meters.failed();
            Replies.unavailable(batch);
        }
        return finalFailure.isEmpty();
    }

    /// @throws java.util.NoSuchElementException if there was none
    Throwable finalFailure() {
        return finalFailure.orElseThrow();
    }

    private void failed(StoreException e) {
        meters.failed();
        if (e.isFinal()) {
            LOG.error("The store has failed for good; nothing more is acknowledged.", e);
            finalFailure = Optional.of(e);
        } else if (!failing) {
            failing = true;
            LOG.error("The store cannot keep anything; writes are refused until it can.", e);
        }
    }

    private void recovered() {
        if (failing) {
            failing = false;
            LOG.info("The store keeps what it is given again.");
        }
    }
}
