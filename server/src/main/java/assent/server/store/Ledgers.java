package assent.server.store;

import assent.protocol.Bytes;
import java.util.List;

/// The store's ledgers for whoever may wait: virtual threads of operators' requests, never event loops.
/// Thread-safe; every method blocks, as [Awaiting] does.
public final class Ledgers {
    private final Committer committer;
    private final StoreReads reads;

    public Ledgers(Committer committer, StoreReads reads) {
        this.committer = committer;
        this.reads = reads;
    }

    /// @throws StoreException if the store cannot say now
    public long last(Ledger ledger) throws StoreException {
        return Awaiting.read(reads, store -> store.lastEntry(ledger));
    }

    /// As [LedgerStore#entries].
    ///
    /// @throws StoreException if the store cannot say now
    public List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException {
        return Awaiting.read(reads, store -> store.entries(ledger, from, countMax, bytesMax));
    }

    /// Writes entries, all or none.
    ///
    /// @throws StoreException if they are not known to be kept; each ledger's next look says
    public Write.EnterResult enter(List<LedgerEntry> entries) throws StoreException {
        return Awaiting.answer(reply -> committer.submit(new Write.Enter(entries), Runnable::run, reply));
    }
}
