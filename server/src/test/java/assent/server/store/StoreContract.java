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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// What every store does: an adapter's test extends this class, and so runs the contracts of approvals,
/// activations, messages and counters too. Here are expiry and the store as a whole.
public abstract class StoreContract extends LedgerContract {
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
    void aStepThatTouchesADamagedRowWritesNothingAndSaysThatTheOthersCanBeKept() throws Exception {
        DeviceId ben = activate(store, BEN).deviceId();
        damageAnna();

        var failure = org.assertj.core.api.Assertions.catchThrowableOfType(
                StoreException.class, () -> store.apply(List.of(toBen("before"), toAnna(), toBen("after"))));

        assertThat(failure.concernsOneWrite()).isTrue();
        assertThat(failure.isFinal()).isFalse();
        assertThat(texts(store, ben)).isEmpty();
        assertThat(store.apply(List.of(toBen("before"), toBen("after")))).hasSize(2);
        assertThat(texts(store, ben)).containsExactly("before", "after");
    }

    @Test
    void theCommitterRefusesTheWriteToADamagedRowAloneHoweverTheBatchIsMade() throws Exception {
        DeviceId ben = activate(store, BEN).deviceId();
        damageAnna();
        var answers = new ConcurrentLinkedQueue<Answer<Write.AppendResult>>();
        List<String> expected = new ArrayList<>();
        try (var committer = new Committer(store, CommitLimits.DEFAULTS, new SimpleMeterRegistry())) {
            for (int i = 0; i < 200; i++) {
                committer.submit(i % 67 == 13 ? toAnna() : toBen("text " + i), Runnable::run, answers::add);
                if (i % 67 != 13) {
                    expected.add("text " + i);
                }
            }
        }

        assertThat(answers).hasSize(200);
        assertThat(answers)
                .filteredOn(answer -> answer instanceof Answer.Unavailable)
                .hasSize(200 - expected.size());
        assertThat(texts(store, ben)).isEqualTo(expected);
    }

    private void damageAnna() throws Exception {
        activate(store, ANNA);
        store.close();
        damageActivationOf(ANNA);
        store = open();
    }

    private static Write.Append toBen(String text) {
        return text(BEN, ANNA, SENDER, text);
    }

    private static Write.Append toAnna() {
        return text(ANNA, BEN, SENDER, "to a damaged mailbox");
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
