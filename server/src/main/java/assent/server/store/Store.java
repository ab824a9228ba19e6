package assent.server.store;

import java.util.List;

/// All that the gateway keeps. Every method blocks, and is called from store threads only: never from an
/// event loop or a virtual thread. [#apply] is called by one committer thread; reads are thread-safe.
///
/// Adapters seal what is personal: numbers appear as [assent.server.keys.NumberMac] or encrypted, bodies
/// encrypted under the mailbox's key. Every adapter passes the contract test.
public interface Store extends ConsentStore, ActivationStore, MailboxStore, BlockStore, LedgerStore, AutoCloseable {
    /// Applies all writes as one atomic step that is durable when the method returns.
    ///
    /// @return one result for each write, in order, of the type that the write names
    /// @throws StoreException if the step failed; then none of its writes may be acknowledged to
    ///     anybody. If it failed for good ([StoreException#isFinal]), so does every later step
    List<Write.Result> apply(List<Write<?>> batch) throws StoreException;

    /// What is held about one device.
    ///
    /// @throws StoreException if this store has nothing to export
    default ExportStore exports() throws StoreException {
        throw new StoreException("this store has nothing to export");
    }

    /// How many times this store has been opened for writing, this time included: rises with each start
    /// of a gateway.
    long generation();

    @Override
    void close();
}
