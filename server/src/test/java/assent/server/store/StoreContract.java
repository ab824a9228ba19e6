package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static assent.server.store.Fixtures.text;
import static assent.server.store.Fixtures.texts;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every store does: an adapter's test extends this class, and so runs the contracts of approvals,
/// activations, messages and counters too. Here are expiry and the store as a whole.
public abstract class StoreContract extends RenewalContract {
    private static final DeviceId SENDER = DeviceId.random();
    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void anExpiredMessageIsInvisibleAtOnceAndErasedByTheNextSweep() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Instant end = NOW.plus(Duration.ofDays(1));
        Write.Append message = text(ANNA, BEN, SENDER, "short-lived");
        apply(store, message);

        assertThat(texts(store, anna, end.minusNanos(1))).hasSize(1);
        assertThat(texts(store, anna, end)).isEmpty();
        assertThat(apply(store, new Write.Sweep(end, 10))).isEqualTo(new Write.Swept(1));
        assertThat(texts(store, anna, NOW)).isEmpty();
        assertThat(apply(store, new Write.Sweep(end, 10))).isEqualTo(new Write.Swept(0));
    }

    @Test
    void aSweepGoesInStepsAndMakesRoom() throws StoreException {
        activate(store, ANNA);
        reopenWith(5, 1_000_000);
        for (int i = 0; i < 5; i++) {
            apply(store, text(ANNA, BEN, SENDER, "text " + i));
        }
        Instant end = NOW.plus(Duration.ofDays(1));

        assertThat(apply(store, new Write.Sweep(end, 3))).isEqualTo(new Write.Swept(3));
        assertThat(apply(store, new Write.Sweep(end, 3))).isEqualTo(new Write.Swept(2));
        assertThat(apply(store, text(ANNA, BEN, SENDER, "again"))).isInstanceOf(Write.Appended.class);
    }

    @Test
    void aMessageSentAgainAfterItExpiredIsKeptAnew() throws StoreException {
        DeviceId anna = activate(store, ANNA).deviceId();
        Write.Append message = text(ANNA, BEN, SENDER, "again");
        apply(store, message);
        Instant later = NOW.plus(Duration.ofDays(2));
        var again = new Write.Append(
                ANNA, Optional.empty(), message.messageId(), BEN, SENDER, message.body(), later, later.plus(HOUR));

        apply(store, again);

        assertThat(texts(store, anna, later)).containsExactly("again");
    }

    @Test
    void eachOpeningCountsAsAGeneration() throws StoreException {
        long first = store.generation();

        reopen();

        assertThat(store.generation()).isGreaterThan(first);
    }

    @Test
    void aClosedStoreSaysSo() {
        store.close();

        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> store.activation(DeviceId.random())))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("closed");
    }
}
