package assent.server.store;

/// All that the gateway keeps. Every method blocks, and is called from store threads only: never from an
/// event loop or a virtual thread. [#apply] is called by one committer thread; reads are thread-safe.
///
/// Adapters seal what is personal: numbers appear as [assent.server.keys.NumberMac] or encrypted, bodies
/// encrypted under the mailbox's key. Every adapter passes the contract test.
public interface Store
        extends StepStore, ConsentStore, ActivationStore, MailboxStore, BlockStore, LedgerStore, AutoCloseable {
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
