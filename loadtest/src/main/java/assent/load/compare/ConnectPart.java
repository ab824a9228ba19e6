package assent.load.compare;

import assent.load.server.ServerProcess;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Phones connect, sign in and go. A gateway also with phones that offer their earlier TLS session; whether
/// it takes it up is the gateway's.
public record ConnectPart() implements Part {
    private static final String GATEWAY = "gateway";
    private static final String RESUMING = "gateway, resuming";

    @Override
    public String name() {
        return "connect and sign in";
    }

    @Override
    public List<Metric> metrics() {
        return List.of(
                new Metric(
                        "server CPU, us per connect",
                        0,
                        Round::cpuMicrosPerConnect,
                        Map.of(GATEWAY, 1.2, RESUMING, 0.5)),
                new Metric("connects per second", 0, round -> round.connects() / round.seconds(), Map.of()));
    }

    @Override
    public Map<String, ServerProcess.Running> contestants(Map<String, ServerProcess.Running> servers) {
        var all = new LinkedHashMap<String, ServerProcess.Running>();
        servers.forEach((name, server) -> {
            all.put(name, server);
            if (name.equals(GATEWAY)) {
                all.put(RESUMING, server.resuming());
            }
        });
        return all;
    }

    @Override
    public Round prepare(Bench bench, String contestant) {
        return bench.cycle(contestant, Duration.ZERO, bench.settings().warmUp());
    }

    @Override
    public Round turn(Bench bench, String contestant) {
        return bench.cycle(
                contestant, bench.settings().settle(), bench.settings().measure());
    }
}
