package assent.load.compare;

import assent.load.work.Side;
import java.util.List;
import java.util.Map;

/// An open model at one and the same rate for all.
///
/// @param perSecond texts
public record LatencyPart(double perSecond) implements Part {
    @Override
    public String name() {
        return "open model, " + Math.round(perSecond) + " texts a second";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric("p50, us", 0, round -> round.arrivalMicros(50), Map.of("gateway", 1.0)),
                new Metric("p99, us", 0, round -> round.arrivalMicros(99), Map.of("gateway", 1.0)),
                new Metric(Metric.CPU_PER_TEXT, 1, Round::cpuMicrosPerText, Map.of()));
    }

    @Override
    public Round prepare(Bench bench, String contestant) {
        return bench.connect(contestant, Side.ALL, false)
                .and(bench.paced(contestant, perSecond, bench.settings().measure()));
    }

    @Override
    public Round turn(Bench bench, String contestant) {
        return bench.paced(contestant, perSecond, bench.settings().measure());
    }
}
