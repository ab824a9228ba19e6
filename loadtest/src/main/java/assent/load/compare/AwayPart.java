package assent.load.compare;

import assent.load.server.ServerProcess;
import assent.load.work.Side;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The recipient is away: texts are queued, and fetched when it comes back. A broker keeps them in a
/// persistent session. The recipients' sign-ins are in the figure of each server.
///
/// @param textsPerPair in each turn
public record AwayPart(int textsPerPair) implements Part {
    private static final int WARM_UP_TURNS_MAX = 8;

    @Override
    public String name() {
        return "recipient away, " + textsPerPair + " texts each, then fetched";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(Metric.CPU_PER_TEXT, 1, Round::cpuMicrosPerText, Map.of("gateway", 1.2)),
                new Metric("texts per second", 0, Round::textsPerSecond, Map.of()));
    }

    /// The relay keeps nothing.
    @Override
    public Map<String, ServerProcess.Running> contestants(Map<String, ServerProcess.Running> servers) {
        var keeping = new LinkedHashMap<>(servers);
        keeping.remove("relay");
        return keeping;
    }

    @Override
    public Round prepare(Bench bench, String contestant) {
        Round round = bench.connect(contestant, Side.ALL, true);
        double warmUpSeconds = bench.settings().warmUp().toNanos() / 1e9;
        double before = round.seconds();
        for (int i = 0; i < WARM_UP_TURNS_MAX && (i == 0 || round.seconds() - before < warmUpSeconds); i++) {
            round = round.and(turn(bench, contestant));
        }
        return round;
    }

    @Override
    public Round turn(Bench bench, String contestant) {
        return bench.disconnect(contestant, Side.RECIPIENTS)
                .withoutTime()
                .and(bench.fill(contestant, textsPerPair))
                .and(bench.drain(contestant));
    }
}
