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
import assent.server.support.LetterGate;

/// One embedded store for several gateways of a test, which take turns to write. What they tell each other goes by
/// Redis.
record EmbeddedForAll(Store store, RedisMember member, SharedBacking others, LetterGate gate) implements Backing {
    static EmbeddedForAll of(Store store, RedisMember member, LetterGate gate) {
        return new EmbeddedForAll(store, member, new SharedBacking(store, member, () -> {}), gate);
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
        others.open(gate.before(letters));
    }

    @Override
    public void close() {
        others.close();
    }
}
