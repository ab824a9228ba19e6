package assent.load.compare;

import assent.load.server.ServerProcess;
import java.util.List;
import java.util.Map;

/// The same work for gateways that have stored differently much: what a text costs is held against its own
/// target, and the rest against none.
///
/// @param contestant the one that has stored more
/// @param cpuRatioMax that is aimed for
public record GrowthPart(Part work, String contestant, double cpuRatioMax) implements Part {
    @Override
    public String name() {
        return work.name();
    }

    @Override
    public List<Metric> metrics() {
        return work.metrics().stream()
                .map(metric -> metric.aimingAt(
                        metric.name().equals(Metric.CPU_PER_TEXT) ? Map.of(contestant, cpuRatioMax) : Map.of()))
                .toList();
    }

    @Override
    public Map<String, ServerProcess.Running> contestants(Map<String, ServerProcess.Running> servers) {
        return work.contestants(servers);
    }

    @Override
    public Round prepare(Bench bench, String name) {
        return work.prepare(bench, name);
    }

    @Override
    public Round turn(Bench bench, String name) {
        return work.turn(bench, name);
    }
}
