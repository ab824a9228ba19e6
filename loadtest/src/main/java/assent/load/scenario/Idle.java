package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.work.Side;
import java.time.Duration;
import java.util.Map;

/// Connections that do nothing: what memory each takes. The server's whole process is looked at, after a
/// collection, once it has served and let go a few connections, and again with all of them.
public record Idle(int pairs, Duration measure) implements Scenario {
    private static final Duration FIRST_ONES = Duration.ofSeconds(3);

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public Finding run(Scene scene) throws InterruptedException {
        scene.cycle(Chat.CONNECTS_AT_ONCE, Duration.ZERO, FIRST_ONES);
        long before = pss(scene);
        Measured connected = scene.connect(Side.ALL, Chat.CONNECTS_AT_ONCE, false);
        Measured held = scene.hold(measure);
        long after = pss(scene);
        double connections = Math.max(1, connected.counts().connected());
        return new Finding(
                held,
                Map.of(
                        "connections",
                        connections,
                        "pssBeforeMib",
                        before / 1024.0,
                        "pssAfterMib",
                        after / 1024.0,
                        "memoryKibPerConnection",
                        (after - before) / connections,
                        "heapKib",
                        (double) scene.memory().heapKib()));
    }

    /// Twice, since what the first collection finds dead may own what only the second one can free.
    private static long pss(Scene scene) throws InterruptedException {
        scene.memory().collect();
        scene.memory().collect();
        return scene.memory().pssKib();
    }
}
