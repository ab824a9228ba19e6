package assent.server;

import assent.server.activation.AwaitedTexts;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Post;
import assent.server.cluster.redis.RedisMember;
import assent.server.config.GatewayConfig;
import assent.server.keys.Keys;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.session.Seats;
import assent.server.store.StepStore;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import assent.server.store.Suspension;
import assent.server.store.redis.ClockSkew;
import assent.server.store.redis.RedisStore;
import io.micrometer.core.instrument.MeterRegistry;

/// A store in Redis, and the other gateways that keep things there. Thread-safe.
record RedisBacking(RedisLink link, Store store, RedisMember member) implements Backing {
    static RedisBacking open(
            GatewayConfig config, Settings settings, Keys keys, Suspension suspension, MeterRegistry meters)
            throws StoreException {
        RedisLink link = connect(config);
        boolean opened = false;
        try {
            var clock = new SteadyClock();
            ClockSkew.check(link, clock, config.store().redis().clockSkewMax());
            Store store = RedisStore.open(link, keys, RedisOptions.store(config.store()), suspension, clock);
            opened = true;
            return new RedisBacking(link, store, new RedisMember(link, keys, store, meters));
        } finally {
            if (!opened) {
                link.close();
            }
        }
    }

    private static RedisLink connect(GatewayConfig config) throws StoreException {
        try {
            return RedisLink.open(RedisOptions.link(config.store().redis()));
        } catch (RedisException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }

    static boolean holdsData(GatewayConfig config) throws StoreException {
        try (RedisLink link = connect(config)) {
            return RedisStore.holdsData(link);
        }
    }

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
    public void open(LetterBox letters) throws StoreException {
        member.start(letters);
    }

    @Override
    public void close() {
        member.close();
        store.close();
        link.close();
    }
}
