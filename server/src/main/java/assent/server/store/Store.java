package assent.server.store;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

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

    /// About how many messages wait in all mailboxes, without looking into them; empty if nobody can say.
    /// Does not touch the disk: callable from any thread but an event loop.
    default OptionalLong messagesAbout() throws StoreException {
        return OptionalLong.empty();
    }

    /// Makes a copy of the store in `folder`, which must not be there yet: a store like this one was at one
    /// moment after the call, with all that was durable before it. The store is used on meanwhile. Blocks.
    ///
    /// @throws StoreException if there is no copy, or this store is not the gateway's to copy; the message is
    ///     for people
    default void backUp(Path folder) throws StoreException {
        throw new StoreException(
                "This gateway's store is not its own. Back it up with the means of whatever keeps it.");
    }

    /// What was done to it at its opening because it is a backup that was put back; empty if it is not.
    default Optional<Restored> restored() {
        return Optional.empty();
    }

    /// How many times this store has been opened for writing, this time included: rises with each start
    /// of a gateway.
    long generation();

    @Override
    void close();
}
