package assent.load.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class GrowthPartTest {
    private static final Part PART = new GrowthPart(new ClosedLoopPart(), "grown", 1.15);

    private static Rounds rounds(double cpuMicros, String... faults) {
        var round = new Round(1_000, 0, 1, cpuMicros * 1_000, new Histogram(3), List.of(faults));
        return new Rounds(round, List.of(round, round));
    }

    private static Outcome outcome(Rounds small, Rounds grown) {
        Map<String, Rounds> results = new LinkedHashMap<>();
        results.put("state", small);
        results.put("grown", grown);
        return Outcome.against("state").plus(PART, results);
    }

    private static Row cpu(Outcome outcome, String contestant) {
        return outcome.rows().stream()
                .filter(row -> row.metric().equals(Metric.CPU_PER_TEXT))
                .filter(row -> row.contestant().equals(contestant))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatATextCostsTheGatewayThatHasGrownIsHeldAgainstTheOther() {
        Row row = cpu(outcome(rounds(10), rounds(11)), "grown");

        assertThat(row.ratio()).contains(new Spread(1.1, 1.1, 1.1));
        assertThat(row.target()).contains(1.15);
        assertThat(row.reached()).contains(true);
        assertThat(cpu(outcome(rounds(10), rounds(12)), "grown").reached()).contains(false);
    }

    @Test
    void theOtherHasNeitherRatioNorTarget() {
        Row row = cpu(outcome(rounds(10), rounds(11)), "state");

        assertThat(row.ratio()).isEmpty();
        assertThat(row.target()).isEmpty();
    }

    @Test
    void nothingButTheCostOfATextHasATarget() {
        assertThat(PART.metrics())
                .filteredOn(metric -> !metric.name().equals(Metric.CPU_PER_TEXT))
                .isNotEmpty()
                .allMatch(metric -> metric.targets().isEmpty());
    }

    @Test
    void ifAnythingWasLostThereIsNoRatio() {
        Outcome outcome = outcome(rounds(10), rounds(11, "1 texts lost"));

        assertThat(cpu(outcome, "grown").ratio()).isEmpty();
        assertThat(cpu(outcome, "grown").reached()).isEqualTo(Optional.empty());
        assertThat(outcome.faults()).isNotEmpty();
    }
}
