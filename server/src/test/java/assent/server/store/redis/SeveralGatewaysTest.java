package assent.server.store.redis;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceId;
import assent.server.keys.Keys;
import assent.server.redis.RedisAddress;
import assent.server.redis.RedisLink;
import assent.server.redis.RedisSettings;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.Suspension;
import assent.server.store.Write;
import assent.sim.redis.RedisOptions;
import assent.sim.redis.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Gateways that share a store see what the others did, whatever they remember.
class SeveralGatewaysTest {
    private static final DeviceId SENDER = DeviceId.random();

    private final Keys keys = Keys.ephemeral();
    private final Servers<RedisServer> redis = new Servers<>();
    private final Servers<RedisLink> link = new Servers<>();

    @BeforeEach
    void start() throws Exception {
        redis.started(RedisServer.start(RedisOptions.inMemory()));
        link.started(RedisLink.open(
                RedisSettings.of(List.of(RedisAddress.parse(redis.get().address())), false)));
    }

    @AfterEach
    void stop() {
        link.stop();
        redis.stop();
    }

    private Store gateway(RedisStoreConfig config) throws StoreException {
        return RedisStore.open(link.get(), keys, config, Suspension.NONE, () -> NOW);
    }

    private Store gateway() throws StoreException {
        return gateway(RedisStoreConfig.defaults());
    }

    @Test
    void aGatewayThatRemembersTheOldDeviceHandsNothingToIt() throws Exception {
        try (Store one = gateway();
                Store other = gateway()) {
            DeviceId old = activate(one, ANNA).deviceId();
            apply(one, text(ANNA, BEN, SENDER, "for the old device"));

            DeviceId fresh = activate(other, ANNA).deviceId();
            var result = (Write.Appended) apply(one, text(ANNA, BEN, SENDER, "for the new one"));

            assertThat(result.mailbox()).isEqualTo(fresh);
            assertThat(texts(other, fresh)).containsExactly("for the new one");
            assertThat(texts(one, old)).isEmpty();
        }
    }

    @Test
    void aGatewayThatRemembersThatNobodyHasANumberLearnsBetter() throws Exception {
        try (Store one = gateway();
                Store other = gateway()) {
            assertThat(apply(one, text(ANNA, BEN, SENDER, "nobody"))).isEqualTo(new Write.NoMailbox());
            DeviceId anna = activate(other, ANNA).deviceId();

            List<Write.Result> results =
                    one.apply(List.of(text(ANNA, BEN, SENDER, "first"), text(ANNA, BEN, SENDER, "second")));

            assertThat(results).allMatch(result -> result instanceof Write.Appended);
            assertThat(texts(one, anna)).containsExactly("first", "second");
            apply(other, new Write.Withdraw(anna));
            assertThat(apply(one, text(ANNA, BEN, SENDER, "gone"))).isEqualTo(new Write.NoMailbox());
        }
    }

    @Test
    void aTextThatFallsBackIsNotReadSoonBeforeItsDeadlineWhateverTheReadersClock() throws Exception {
        Duration margin = Duration.ofMillis(400);
        try (Store one = gateway(RedisStoreConfig.defaults().withDeadlineMargin(margin))) {
            DeviceId anna = activate(one, ANNA).deviceId();
            Instant deadline = NOW.plusSeconds(60);
            apply(one, fallingBack("hurry", deadline));

            assertThat(texts(one, anna, deadline.minus(margin).minusNanos(1))).containsExactly("hurry");
            assertThat(texts(one, anna, deadline.minus(margin))).isEmpty();
        }
    }

    @Test
    void aTextThatFallsBackIsReadAtOnceByAGatewayWhoseClockIsBehindThatOfTheOneThatTookIt() throws Exception {
        Duration margin = Duration.ofMillis(400);
        try (Store one = gateway(RedisStoreConfig.defaults().withDeadlineMargin(margin))) {
            DeviceId anna = activate(one, ANNA).deviceId();
            apply(one, fallingBack("accepted now", NOW.plusSeconds(60)));

            assertThat(texts(one, anna, NOW.minus(margin))).containsExactly("accepted now");
            assertThat(texts(one, anna, NOW.minus(margin).minusNanos(1)))
                    .as("by more than clocks may differ: this one has gone back")
                    .isEmpty();
        }
    }

    /// From Ben to Anna, accepted now.
    private static Write.Append fallingBack(String text, Instant deadline) {
        Write.Append append = text(ANNA, BEN, SENDER, text);
        return new Write.Append(
                ANNA,
                Optional.empty(),
                append.messageId(),
                BEN,
                SENDER,
                append.body(),
                new Write.Lifetime(NOW, append.expiresAt(), Optional.of(deadline)));
    }

    @Test
    void aGatewayWithOtherKeysIsRefused() throws Exception {
        try (Store one = gateway()) {
            assertThatThrownBy(() -> RedisStore.open(
                            link.get(), Keys.ephemeral(), RedisStoreConfig.defaults(), Suspension.NONE, () -> NOW))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("data.key-file");
            assertThat(RedisStore.holdsData(link.get())).isTrue();
            assertThat(one.generation()).isPositive();
        }
    }

    @Test
    void aClockThatIsFarFromRedisIsRefused() {
        assertThatThrownBy(() -> ClockSkew.check(link.get(), () -> NOW, Duration.ofSeconds(1)))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("behind")
                .hasMessageContaining("NTP");
    }
}
