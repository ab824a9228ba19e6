package assent.load.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/// What several workers count becomes one.
class CountsTest {
    private static Counts of(int texts, long micros, String refusal) {
        var tally = new Tally();
        for (int i = 0; i < texts; i++) {
            tally.done++;
            tally.recordArrival(micros * 1_000);
        }
        tally.countRefused(refusal);
        return tally.take();
    }

    @Test
    void percentilesOfAMergedHistogramAreThoseOfAllLatenciesTogether() {
        Counts both = of(900, 1_000, "x").plus(of(100, 50_000, "x"));

        assertThat(both.arrival().getTotalCount()).isEqualTo(1_000);
        assertThat(both.arrival().getValueAtPercentile(90)).isBetween(999L, 1_001L);
        assertThat(both.arrival().getValueAtPercentile(91)).isBetween(49_900L, 50_100L);
    }

    @Test
    void whatCrossesToAnotherProcessIsTheSameThere() {
        Counts counts = of(7, 1_234, "mailbox_full");

        Counts crossed = CountsForm.of(counts).counts();

        assertThat(crossed).isEqualTo(counts);
    }

    @Test
    void reasonsAreAddedUpEachForItself() {
        assertThat(of(1, 1, "a").plus(of(1, 1, "a")).plus(of(1, 1, "b")).refused())
                .isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    void aTallyStartsOverWhenItIsTaken() {
        var tally = new Tally();
        tally.done++;
        tally.take();

        assertThat(tally.take().texts()).isEqualTo(Counts.Texts.NONE);
    }
}
