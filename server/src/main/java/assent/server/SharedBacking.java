package assent.server;

import assent.server.activation.AwaitedTexts;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.cluster.redis.RedisMember;
import assent.server.session.Seats;
import assent.server.store.StepStore;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import assent.server.store.redis.RedisStore;
import java.util.function.Supplier;

/// A store that several gateways share, and this one's place among them. Thread-safe.
record SharedBacking(RedisStore store, RedisMember member) implements Backing {
    @Override
    public StepStore steps() {
        return member.wakening(store);
    }

    @Override
    public Seats seats(StoreReads threads) {
        return Seats.shared(threads, member.seats(), member.post());
    }

    @Override
    public AwaitedTexts awaitedTexts(StoreReads threads) {
        return AwaitedTexts.shared(threads, member.awaitedTexts(), member.post());
    }

    @Override
    public Post post() {
        return member.post();
    }

    @Override
    public Members open(LetterBox letters, Supplier<Member> now) throws StoreException {
        return member.start(letters, now);
    }

    @Override
    public void close() {
        member.close();
        store.close();
    }
}
