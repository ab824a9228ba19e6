package assent.load.compare;

import assent.load.work.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// Both phones connected, each pair sends its next text when one is done: what a text costs.
public record ClosedLoopPart() implements Part {
    @Override
    public String name() {
        return "both phones connected, closed loop";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(Metric.CPU_PER_TEXT, 1, Round::cpuMicrosPerText, Map.of("gateway", 0.9)),
                new Metric("texts per second", 0, Round::textsPerSecond, Map.of()),
                new Metric("p50, us", 0, round -> round.arrivalMicros(50), Map.of()),
                new Metric("p99, us", 0, round -> round.arrivalMicros(99), Map.of()));
    }

    @Override
    public Round prepare(Bench bench, String contestant) {
        return bench.connect(contestant, Side.ALL, false)
                .and(bench.max(contestant, Duration.ZERO, bench.settings().warmUp()));
    }

    @Override
    public Round turn(Bench bench, String contestant) {
        return bench.max(contestant, bench.settings().settle(), bench.settings().measure());
    }
}
