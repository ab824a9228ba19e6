package assent.server.store;

import static assent.server.store.Fixtures.ANNA;
import static assent.server.store.Fixtures.BEN;
import static assent.server.store.Fixtures.NOW;
import static assent.server.store.Fixtures.activate;
import static assent.server.store.Fixtures.apply;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every store does with counters.
public abstract class CounterContract extends BlockContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private static Write.Count count(Instant now) {
        return new Write.Count(Counter.CODE_TRIES, ANNA, now, 3, HOUR);
    }

    @Test
    void aNumberIsCountedUpToTheLimitOfItsWindow() throws StoreException {
        Write.Count first = count(NOW);

        assertThat(apply(store, first)).isEqualTo(new Write.Counted(2));
        assertThat(store.apply(
                        List.of(count(NOW.plusSeconds(60)), count(NOW.plusSeconds(120)), count(NOW.plusSeconds(180)))))
                .containsExactly(
                        new Write.Counted(1), new Write.Counted(0), new Write.LimitReached(Duration.ofMinutes(57)));
        reopen();
        assertThat(apply(store, count(NOW.plus(HOUR).minusNanos(1))))
                .isEqualTo(new Write.LimitReached(Duration.ofNanos(1)));
        assertThat(apply(store, count(NOW.plus(HOUR)))).isEqualTo(new Write.Counted(2));
    }

    @Test
    void countersAndNumbersAreCountedApart() throws StoreException {
        apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HOUR));

        assertThat(apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HOUR)))
                .isEqualTo(new Write.LimitReached(HOUR));
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HOUR)))
                .isEqualTo(new Write.Counted(0));
        assertThat(apply(store, new Write.Count(Counter.CODE_TRIES, BEN, NOW, 1, HOUR)))
                .isEqualTo(new Write.Counted(0));
    }

    @Test
    void aLimitOfNoneCountsNothing() throws StoreException {
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 0, HOUR)))
                .isEqualTo(new Write.LimitReached(HOUR));
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HOUR)))
                .isEqualTo(new Write.Counted(0));
    }

    @Test
    void aClockThatJumpsBackWinsNoTryAndLocksNobodyOutForLongerThanAWindow() throws StoreException {
        for (int i = 0; i < 3; i++) {
            apply(store, count(NOW));
        }
        Instant yesterday = NOW.minus(Duration.ofDays(1));

        assertThat(apply(store, count(yesterday))).isEqualTo(new Write.LimitReached(HOUR));
        assertThat(apply(store, count(yesterday.plus(HOUR).minusNanos(1))))
                .isEqualTo(new Write.LimitReached(Duration.ofNanos(1)));
        assertThat(apply(store, count(yesterday.plus(HOUR)))).isEqualTo(new Write.Counted(2));
    }

    @Test
    void anActivationStartsTheCodeTriesAnewAndLeavesTheSmsCount() throws StoreException {
        apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HOUR));
        apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HOUR));

        activate(store, ANNA);

        assertThat(apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HOUR)))
                .isEqualTo(new Write.Counted(0));
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, ANNA, NOW, 1, HOUR)))
                .isEqualTo(new Write.LimitReached(HOUR));
    }

    @Test
    void aFinishedWindowIsErasedByTheSweepAndARunningOneIsNot() throws StoreException {
        apply(store, new Write.Count(Counter.CODE_TRIES, ANNA, NOW, 1, HOUR));
        apply(store, new Write.Count(Counter.SMS_SENT, BEN, NOW, 1, HOUR.multipliedBy(2)));

        assertThat(apply(store, new Write.Sweep(NOW.plus(HOUR), 10))).isEqualTo(new Write.Swept(1));
        assertThat(apply(store, new Write.Count(Counter.SMS_SENT, BEN, NOW.plus(HOUR), 1, HOUR)))
                .isEqualTo(new Write.LimitReached(HOUR));
    }
}
