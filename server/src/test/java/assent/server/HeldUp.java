package assent.server;

import assent.server.activation.AwaitedTexts;
import assent.server.cluster.LetterBox;
import assent.server.cluster.Member;
import assent.server.cluster.Members;
import assent.server.cluster.Post;
import assent.server.cluster.redis.ClockWatch;
import assent.server.cluster.redis.LeaseTimes;
import assent.server.cluster.redis.RedisMember;
import assent.server.config.GatewayConfig;
import assent.server.keys.Keys;
import assent.server.session.Seats;
import assent.server.store.GatewayId;
import assent.server.store.StepStore;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.StoreReads;
import assent.server.store.Suspension;
import assent.server.store.redis.RedisStore;
import assent.server.support.LetterGate;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;

/// What an operator's gateway has in Redis, but for a lease and a clock of the test's, and letters that the test can
/// hold up.
record HeldUp(SharedBacking real, LetterGate gate) implements Backing {
    static StoreChoice of(
            GatewayConfig config,
            Settings settings,
            Clock clock,
            LeaseTimes times,
            LetterGate gate,
            ClockWatch.Probe skew)
            throws Exception {
        var choice = (StoreChoice.InRedis) StoreChoice.of(config, settings, clock);
        return new StoreChoice() {
            @Override
            public boolean holdsData() throws StoreException {
                return choice.holdsData();
            }

            @Override
            public Backing open(Keys keys, Suspension suspension, MeterRegistry meters) throws StoreException {
                var self = GatewayId.random();
                var store = RedisStore.open(
                        choice.link(), keys, RedisOptions.store(config.store()).withSelf(self), suspension, clock);
                var clocks = new ClockWatch(skew, config.store().redis().clockSkewMax(), meters);
                var member = new RedisMember(choice.link(), self, store::seatKeys, times, clocks, meters);
                return new HeldUp(new SharedBacking(store, member), gate);
            }

            @Override
            public void close() {
                choice.close();
            }
        };
    }

    @Override
    public Store store() {
        return real.store();
    }

    @Override
    public StepStore steps() {
        return real.steps();
    }

    @Override
    public Seats seats(StoreReads threads) {
        return real.seats(threads);
    }

    @Override
    public AwaitedTexts awaitedTexts(StoreReads threads) {
        return real.awaitedTexts(threads);
    }

    @Override
    public Post post() {
        return real.post();
    }

    @Override
    public Members open(LetterBox letters, Supplier<Member> now) throws StoreException {
        return real.open(gate.before(letters), now);
    }

    @Override
    public void close() {
        real.close();
    }
}
