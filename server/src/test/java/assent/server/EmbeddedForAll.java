package assent.server;

import assent.server.activation.AwaitedTexts;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Post;
import assent.server.cluster.redis.RedisMember;
import assent.server.session.Seats;
import assent.server.store.StepStore;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;

/// One embedded store for several gateways of a test, which take turns to write. What they tell each other goes by
/// Redis.
record EmbeddedForAll(Store store, RedisMember member, SharedBacking others) implements Backing {
    static EmbeddedForAll of(Store store, RedisMember member) {
        return new EmbeddedForAll(store, member, new SharedBacking(store, member, () -> {}));
    }

    @Override
    public StepStore steps() {
        return member.wakening(batch -> {
            synchronized (store) {
                return store.apply(batch);
            }
        });
    }

    @Override
    public Seats seats(StoreReads threads) {
        return others.seats(threads);
    }

    @Override
    public AwaitedTexts awaitedTexts(StoreReads threads) {
        return others.awaitedTexts(threads);
    }

    @Override
    public Post post() {
        return others.post();
    }

    @Override
    public void open(LetterBox letters) throws StoreException {
        others.open(letters);
    }

    @Override
    public void close() {
        others.close();
    }
}
