package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.server.ProcessMemory;
import assent.load.work.Schedule;
import assent.load.work.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Chat for a long time: whether memory and files grow, and whether anything is lost. What the server
/// has is looked at after a collection, once it has warmed up, and at the end.
public record Soak(int pairs, double perSecond, Duration warmUp, Duration measure) implements Scenario {
    @Override
    public String name() {
        return "soak";
    }

    @Override
    public Finding run(Scene scene) throws InterruptedException {
        scene.connect(Side.ALL, Chat.CONNECTS_AT_ONCE, false);
        scene.warmUp(schedule(warmUp));
        Look before = Look.at(scene.memory());
        Measured measured = scene.paced(schedule(measure), Optional.empty());
        Look after = Look.at(scene.memory());
        var figures = new HashMap<String, Double>();
        figures.put("heapGrowthKib", (double) after.heapKib - before.heapKib);
        figures.put("pssGrowthKib", (double) after.pssKib - before.pssKib);
        figures.put("filesGrowth", (double) after.files - before.files);
        figures.put("heapKib", (double) after.heapKib);
        figures.put("pssKib", (double) after.pssKib);
        return new Finding(measured, Map.copyOf(figures));
    }

    private Schedule schedule(Duration time) {
        return new Schedule(List.of(new Schedule.Step(perSecond, time.toMillis())));
    }

    private record Look(long heapKib, long pssKib, long files) {
        static Look at(ProcessMemory memory) throws InterruptedException {
            memory.collect();
            memory.collect();
            return new Look(memory.heapKib(), memory.pssKib(), memory.files());
        }
    }
}
