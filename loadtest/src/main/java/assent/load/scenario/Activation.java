package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.server.Crowd;
import assent.load.server.LoadFailure;
import assent.load.work.Counts;
import assent.load.work.ProcessCpu;
import java.util.Map;

/// New phones, each by the whole handshake, an SMS included. They stay in the state folder, for other
/// scenarios.
public record Activation(int phones) implements Scenario {
    @Override
    public String name() {
        return "activation";
    }

    @Override
    public int pairs() {
        return 0;
    }

    @Override
    public Finding run(Scene scene) {
        var gateway = scene.gateway()
                .orElseThrow(() -> new LoadFailure("only a gateway activates phones; use --server gateway"));
        int known = scene.state().phones().read().size();
        long cpuBefore = ProcessCpu.micros(scene.pid());
        long began = System.nanoTime();
        var latency = Counts.none();
        Crowd.ensure(
                scene.state(),
                gateway,
                known + phones,
                (count, nanos) -> latency.connecting().recordValue(Math.max(1, nanos / 1_000)),
                count -> scene.say().accept((count - known) + " of " + phones + " phones activated"));
        double seconds = (System.nanoTime() - began) / 1e9;
        double cpu = ProcessCpu.micros(scene.pid()) - cpuBefore;
        return new Finding(
                new Measured(latency, seconds, cpu, Counts.none(), 0),
                Map.of(
                        "activations",
                        (double) phones,
                        "activationsPerSecond",
                        phones / seconds,
                        "cpuMicrosPerActivation",
                        cpu / phones));
    }
}
