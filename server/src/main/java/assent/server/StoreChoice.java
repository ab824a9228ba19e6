package assent.server;

import assent.server.cluster.redis.RedisMember;
import assent.server.config.GatewayConfig;
import assent.server.keys.Keys;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.GatewayId;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.redis.ClockSkew;
import assent.server.store.redis.RedisStore;
import assent.server.store.rocks.ErasureLogFile;
import assent.server.store.rocks.RocksStore;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;

/// Where the gateway keeps things, as configured: in its data folder, or in Redis. Closed after the store that
/// it opened.
interface StoreChoice extends AutoCloseable {
    /// Whether there is a store already, so that only its own key file will do.
    boolean holdsData() throws StoreException;

    Backing open(Keys keys, Suspension suspension, MeterRegistry meters) throws StoreException;

    @Override
    void close();

    /// Makes the choice.
    @FunctionalInterface
    interface Maker {
        StoreChoice choose(GatewayConfig config, Settings settings, Clock clock) throws Exception;
    }

    /// Connects to Redis, if that is chosen.
    ///
    /// @param clock compared with Redis's, unless it is a test's
    /// @throws RedisException if Redis is not there, or not fit
    /// @throws StoreException if the clocks differ too much
    static StoreChoice of(GatewayConfig config, Settings settings, Clock clock) throws RedisException, StoreException {
        if (!config.store().redis().isChosen()) {
            return new Embedded(config, settings, clock);
        }
        RedisLink link = RedisLink.open(RedisOptions.link(config.store().redis()));
        if (clock instanceof SteadyClock) {
            try {
                ClockSkew.check(link, clock, config.store().redis().clockSkewMax());
            } catch (StoreException e) {
                link.close();
                throw e;
            }
        }
        return new InRedis(link, config, clock);
    }

    record Embedded(GatewayConfig config, Settings settings, Clock clock) implements StoreChoice {
        @Override
        public boolean holdsData() throws StoreException {
            return RocksStore.holdsData(config.data().storeFolder());
        }

        @Override
        public Backing open(Keys keys, Suspension suspension, MeterRegistry meters) throws StoreException {
            var log = new ErasureLogFile(config.store().erasureLog(), clock);
            return new LoneBacking(
                    RocksStore.open(config.data().storeFolder(), keys, settings.rocks(), suspension, Optional.of(log)));
        }

        @Override
        public void close() {}
    }

    record InRedis(RedisLink link, GatewayConfig config, Clock clock) implements StoreChoice {
        @Override
        public boolean holdsData() throws StoreException {
            return RedisStore.holdsData(link);
        }

        @Override
        public Backing open(Keys keys, Suspension suspension, MeterRegistry meters) throws StoreException {
            var self = GatewayId.random();
            var store = RedisStore.open(
                    link, keys, RedisOptions.store(config.store()).withSelf(self), suspension, clock);
            return new SharedBacking(store, new RedisMember(link, self, store::seatKeys, meters));
        }

        @Override
        public void close() {
            link.close();
        }
    }
}
