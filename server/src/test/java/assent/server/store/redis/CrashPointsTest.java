package assent.server.store.redis;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.activation;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.consent;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.redis.Command;
import assent.server.redis.Pipes;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Activation;
import assent.server.store.Consent;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// A gateway that dies between the stages of a change leaves nothing that is wrong: at no point is
/// there an activation without its consent, and what leads nowhere is swept.
class CrashPointsTest {
    private static final Instant LATER = NOW.plus(Duration.ofDays(2));

    private final Keys keys = Keys.ephemeral();

    /// Dies before its n-th exchange with Redis.
    private record DyingPipes(Pipes pipes, AtomicInteger left) implements Pipes {
        private void step() throws RedisException {
            if (left.getAndDecrement() == 0) {
                throw new RedisException("the gateway died here");
            }
        }

        @Override
        public List<@Nullable Object> run(Collection<Command> commands) throws RedisException {
            step();
            return pipes.run(commands);
        }

        @Override
        public List<@Nullable Object> runConfirmed(Collection<Command> commands) throws RedisException {
            step();
            return pipes.runConfirmed(commands);
        }

        @Override
        public void begin() {
            pipes.begin();
        }

        @Override
        public void close() {
            pipes.close();
        }
    }

    private Store sound(RedisLink link) throws StoreException {
        return RedisStore.open(
                link,
                keys,
                RedisStoreConfig.defaults().withSweepPartitions(RedisKeys.PARTITIONS),
                Suspension.NONE,
                () -> NOW);
    }

    /// @return whether it lived through the write
    private boolean dies(RedisLink link, int exchanges, Write<?> write) {
        var pipes = new DyingPipes(link.writer(Scripts.ALL), new AtomicInteger(exchanges));
        try (var dying =
                new RedisStore(link, pipes, keys, RedisStoreConfig.defaults(), Suspension.NONE, () -> NOW, 1)) {
            dying.apply(List.of(write));
            return false;
        } catch (StoreException e) {
            return true;
        }
    }

    private interface Trial {
        /// @return false once the write was lived through
        boolean run(RedisLink link, Store store, int exchanges) throws Exception;
    }

    /// Tries every point, until there are none left.
    private void atEveryPoint(int pointsMin, Trial trial) throws Exception {
        try (var redis = RedisServer.start(RedisOptions.inMemory());
                var link = RedisLink.open(RedisSettings.of(List.of(RedisAddress.parse(redis.address())), false))) {
            int points = 0;
            boolean more = true;
            while (more) {
                try (Store store = sound(link)) {
                    more = trial.run(link, store, points++);
                    apply(store, new Write.Sweep(LATER, 1_000));
                }
                Wipe.all(link);
            }
            assertThat(points).isGreaterThan(pointsMin);
        }
    }

    private static void restsOnItsConsent(Store store, DeviceId device) throws StoreException {
        var activation = store.activation(device);
        if (activation.isPresent()) {
            assertThat(store.consent(activation.get().consentId())).isPresent();
            assertThat(store.exports().held(device)).isPresent();
        }
    }

    private static Activation activateAnew(Store store) throws StoreException {
        Activation anew = activate(store, ANNA);
        restsOnItsConsent(store, anew.deviceId());
        assertThat(store.activation(anew.deviceId())).contains(anew);
        return anew;
    }

    @Test
    void anActivationIsNeverWithoutItsConsent() throws Exception {
        atEveryPoint(6, (link, store, exchanges) -> {
            Activation old = activate(store, ANNA);
            Consent consent = consent();
            apply(store, new Write.PutConsent(consent, NOW.plus(Duration.ofHours(1))));
            Activation fresh = activation(ANNA, consent.id());

            boolean died = dies(link, exchanges, new Write.Activate(fresh, NOW));

            restsOnItsConsent(store, old.deviceId());
            restsOnItsConsent(store, fresh.deviceId());
            assertThat(store.activation(old.deviceId()).isPresent())
                    .isNotEqualTo(store.activation(fresh.deviceId()).isPresent());
            apply(store, new Write.Sweep(LATER, 1_000));
            restsOnItsConsent(store, fresh.deviceId());
            activateAnew(store);
            return died;
        });
    }

    @Test
    void aWithdrawalErasesAllOrNothingThatMatters() throws Exception {
        atEveryPoint(4, (link, store, exchanges) -> {
            Activation anna = activate(store, ANNA);
            apply(store, text(ANNA, BEN, DeviceId.random(), "waits"));

            boolean died = dies(link, exchanges, new Write.Withdraw(anna.deviceId()));

            restsOnItsConsent(store, anna.deviceId());
            boolean gone = store.activation(anna.deviceId()).isEmpty();
            assertThat(texts(store, anna.deviceId())).hasSize(gone ? 0 : 1);
            apply(store, new Write.Sweep(NOW.plus(Duration.ofHours(2)), 1_000));
            assertThat(store.consent(anna.consentId()).isEmpty()).isEqualTo(gone);
            activateAnew(store);
            return died;
        });
    }

    @Test
    void aRenewalLeavesTheActivationOnOneConsentOrTheOther() throws Exception {
        atEveryPoint(4, (link, store, exchanges) -> {
            Activation anna = activate(store, ANNA);
            Consent consent = consent();
            var renew = new Write.Renew(
                    anna.consentId(), consent, anna.on(consent.id(), "2", anna.receipt(), anna.receiptSignature()));

            boolean died = dies(link, exchanges, renew);

            restsOnItsConsent(store, anna.deviceId());
            apply(store, new Write.Sweep(NOW.plus(Duration.ofHours(2)), 1_000));
            restsOnItsConsent(store, anna.deviceId());
            boolean renewed =
                    store.activation(anna.deviceId()).orElseThrow().consentId().equals(consent.id());
            assertThat(store.consent(consent.id()).isPresent()).isEqualTo(renewed);
            assertThat(store.consent(anna.consentId()).isPresent()).isNotEqualTo(renewed);
            return died;
        });
    }
}
