package assent.server.store;

import assent.protocol.Bytes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// The store's ledgers for whoever may wait: virtual threads of operators' requests, never event loops.
/// Thread-safe; every method blocks for [#WAIT_MAX] at most.
public final class Ledgers {
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final Committer committer;
    private final StoreReads reads;

    public Ledgers(Committer committer, StoreReads reads) {
        this.committer = committer;
        this.reads = reads;
    }

    /// @throws StoreException if the store cannot say now
    public long last(Ledger ledger) throws StoreException {
        return await(reply -> reads.read(store -> store.lastEntry(ledger), Runnable::run, reply));
    }

    /// As [LedgerStore#entries].
    ///
    /// @throws StoreException if the store cannot say now
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        return await(
                reply -> reads.read(store -> store.entries(ledger, from, countMax, bytesMax), Runnable::run, reply));
    }

    /// Writes entries, all or none.
    ///
    /// @throws StoreException if they are not known to be kept; each ledger's next look says
    public Write.EnterResult enter(List<LedgerEntry> entries) throws StoreException {
        return await(reply -> committer.submit(new Write.Enter(entries), Runnable::run, reply));
    }

    private static <R> R await(Consumer<Consumer<Answer<R>>> question) throws StoreException {
        var answer = new CompletableFuture<Answer<R>>();
        question.accept(answer::complete);
        try {
            return switch (answer.get(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                case Answer.Value<R>(var value) -> value;
                case Answer.Unavailable<R> ignored ->
                    throw new StoreException("The store cannot do it now. Try again; the gateway's log says why.");
            };
        } catch (TimeoutException | ExecutionException e) {
            throw new StoreException("The store did not answer within " + WAIT_MAX + ". Look before trying again.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("Interrupted while the store was asked.", e);
        }
    }
}
