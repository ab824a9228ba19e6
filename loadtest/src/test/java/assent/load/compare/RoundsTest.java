package assent.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static Round round(double cpuMicros, String... faults) {
        return new Round(1_000, 0, 1, cpuMicros * 1_000, new Histogram(3), List.of(faults));
    }

    @Test
    void theRatioIsTheMedianOfTheRoundsOwnRatios() {
        var one = new Rounds(round(1), List.of(round(10), round(30), round(20)));
        var other = new Rounds(round(1), List.of(round(10), round(10), round(10)));

        assertThat(one.ratioTo(other, Round::cpuMicrosPerText)).contains(new Spread(2, 1, 3));
    }

    @Test
    void noRatioIsMadeIfAnythingWasLostOrRefusedOnEitherSide() {
        var good = new Rounds(round(1), List.of(round(10), round(10)));
        var bad = new Rounds(round(1), List.of(round(10), round(10, "1 texts lost")));

        assertThat(bad.ratioTo(good, Round::cpuMicrosPerText)).isEmpty();
        assertThat(good.ratioTo(bad, Round::cpuMicrosPerText)).isEmpty();
    }

    @Test
    void whatGoesWrongInTheWarmUpCountsToo() {
        var good = new Rounds(round(1), List.of(round(10)));
        var bad = new Rounds(round(1, "3 texts refused (overloaded)"), List.of(round(10)));

        assertThat(bad.ratioTo(good, Round::cpuMicrosPerText)).isEmpty();
    }

    @Test
    void ofAnEvenNumberOfRoundsTheMedianLiesInTheMiddle() {
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
    }
}
