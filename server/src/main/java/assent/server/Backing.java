package assent.server;

import assent.server.activation.AwaitedTexts;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.session.Seats;
import assent.server.store.StepStore;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import java.util.function.Supplier;

/// The store behind a gateway, and what it has of the other gateways on that store. Thread-safe.
interface Backing extends AutoCloseable {
    Store store();

    /// The store as the committer sees it.
    StepStore steps();

    Seats seats(StoreReads threads);

    AwaitedTexts awaitedTexts(StoreReads threads);

    Post post();

    /// From now on letters of other gateways come in, and they see this one.
    ///
    /// @param now how this gateway is, for the others
    /// @return it and the others
    /// @throws StoreException if this gateway cannot join the others
    Members open(LetterBox letters, Supplier<Member> now) throws StoreException;

    /// Leaves the others, and closes what was opened for this gateway; after its sessions and the committer.
    @Override
    void close();
}
