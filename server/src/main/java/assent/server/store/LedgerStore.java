package assent.server.store;

import assent.protocol.Bytes;
import java.util.List;

/// Ledgers. Thread-safe; blocks. In a cluster every gateway sees an entry as soon as its [Write.Enter]
/// has been answered, or at most half a second later.
public interface LedgerStore {
    /// The number of the newest entry; 0 if there is none. Cheap, since it is asked for several times a
    /// second.
    ///
    /// @throws StoreException if the store cannot be read
    long lastEntry(Ledger ledger) throws StoreException;

    /// The contents of the entries from number `from` on, in order: at most `countMax`, and no more once
    /// they have reached `bytesMax`, but at least one if there is one.
    ///
    /// @throws StoreException if the store cannot be read
    List<Bytes> entries(Ledger ledger, long from, int countMax, long bytesMax) throws StoreException;
}
