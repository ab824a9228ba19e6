package assent.server;

import assent.server.activation.AwaitedTexts;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.session.Seats;
import assent.server.store.StepStore;
import assent.server.store.Store;
import assent.server.store.StoreReads;
import java.util.function.Supplier;

/// A store of the gateway's own, in its data folder, and no other gateway. Thread-safe.
record LoneBacking(Store store) implements Backing {
    @Override
    public StepStore steps() {
        return store;
    }

    @Override
    public Seats seats(StoreReads threads) {
        return Seats.alone(threads, store);
    }

    @Override
    public AwaitedTexts awaitedTexts(StoreReads threads) {
        return AwaitedTexts.alone();
    }

    @Override
    public Post post() {
        return Post.NOBODY;
    }

    @Override
    public Members open(LetterBox letters, Supplier<Member> now) {
        return Members.alone(now);
    }

    @Override
    public void close() {
        store.close();
    }
}
