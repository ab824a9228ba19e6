package assent.server.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes batches to the store, and answers everyone in them. Confined to the committer's thread.
///
/// *One bad write does not fail the others.* If a step failed because of what one of its writes touched,
/// a damaged row or a bug, the batch is taken in halves, and those again, until the write concerned
/// stands alone. Nothing was written by a step that failed so, thus nothing happens twice, and the order
/// stays. It costs as many steps more as twice the logarithm of the batch's size for each bad write, and
/// a step that fails on a row never comes to its sync. A full disk is no such failure: everyone is
/// answered at once.
final class Steps {
    private static final Logger LOG = LoggerFactory.getLogger(Steps.class);

    /// A sender may try again and again; the log need not say it each time.
    private static final Duration DAMAGE_LOGGED_EVERY = Duration.ofMinutes(1);

    private final StepStore store;
    private final CommitMeters meters;
    private final Consumer<StoreException> failedForGood;
    private boolean storeIsGone;

    /// Whether the last batch failed, so that each change is logged once.
    private boolean failing;

    private long damageLoggedAtNanos = System.nanoTime() - DAMAGE_LOGGED_EVERY.toNanos();

    /// @param failedForGood told once, before anyone in the batch is answered
    Steps(StepStore store, CommitMeters meters, Consumer<StoreException> failedForGood) {
        this.store = store;
        this.meters = meters;
        this.failedForGood = failedForGood;
    }

    void commit(List<Committer.Pending<?>> batch) {
        if (storeIsGone) {
            Replies.unavailable(batch);
            return;
        }
        try {
            Replies.results(batch, apply(batch));
        } catch (StoreException e) {
            if (!e.concernsOneWrite()) {
                failed(e);
                Replies.unavailable(batch);
            } else if (batch.size() > 1) {
                halve(batch);
            } else {
                damaged(e);
                Replies.unavailable(batch);
            }
        } catch (RuntimeException e) { // a bug of the store's must not end the thread that everyone waits for
            if (batch.size() > 1) {
                halve(batch);
            } else {
                broke(batch, e);
            }
        } catch (Throwable e) {
            broke(batch, e);
        }
    }

    private List<Write.Result> apply(List<Committer.Pending<?>> batch) throws StoreException {
        List<Write<?>> writes = new ArrayList<>(batch.size());
        for (Committer.Pending<?> pending : batch) {
            writes.add(pending.write());
        }
        long startedNanos = System.nanoTime();
        List<Write.Result> results = store.apply(writes);
        if (results.size() != batch.size()) {
            throw new AssertionError("the store gave " + results.size() + " results for " + batch.size() + " writes");
        }
        meters.committed(batch.size(), System.nanoTime() - startedNanos);
        recovered();
        return results;
    }

    private void halve(List<Committer.Pending<?>> batch) {
        int half = batch.size() / 2;
        commit(batch.subList(0, half));
        commit(batch.subList(half, batch.size()));
    }

    private void failed(StoreException e) {
        meters.failed();
        if (e.isFinal()) {
            LOG.error("The store has failed for good; nothing more is acknowledged.", e);
            storeIsGone = true;
            failedForGood.accept(e);
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

    private void damaged(StoreException e) {
        meters.failed();
        long now = System.nanoTime();
        if (now - damageLoggedAtNanos >= DAMAGE_LOGGED_EVERY.toNanos()) {
            damageLoggedAtNanos = now;
            LOG.error("A write was refused for the row that it touched; the others are kept.", e);
        }
    }

    private void broke(List<Committer.Pending<?>> batch, Throwable e) {
        meters.failed();
        LOG.error("The store broke on a batch of {} writes; none is acknowledged. This is a bug.", batch.size(), e);
        Replies.unavailable(batch);
    }
}
