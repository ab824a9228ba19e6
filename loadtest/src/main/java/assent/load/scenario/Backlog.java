package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.work.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Texts for phones that are away, which then come back.
///
/// @param textsPerPair that wait when they come back
/// @param inFlight of each sender, without an answer
public record Backlog(int pairs, int textsPerPair, int inFlight, Duration atMost) implements Scenario {
    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Finding run(Scene scene) {
        // They have been there once: a broker keeps texts only for those whom it knows.
        scene.connect(Side.ALL, Chat.CONNECTS_AT_ONCE, true);
        scene.disconnect(Side.RECIPIENTS);
        Measured filled = scene.fill(textsPerPair, inFlight, atMost);
        scene.say().accept("the texts wait; their recipients come back");
        Measured drained =
                scene.await(Optional.of(Scene.connectOrder(Side.RECIPIENTS, Chat.CONNECTS_AT_ONCE, true)), atMost);
        return new Finding(drained.afterwards(filled), figures(filled, drained));
    }

    static Map<String, Double> figures(Measured filled, Measured drained) {
        double texts = Math.max(1, filled.counts().texts().sent());
        var figures = new HashMap<String, Double>();
        figures.put("textsQueued", texts);
        figures.put("queuedPerSecond", texts / filled.seconds());
        figures.put("cpuMicrosPerTextQueued", filled.cpuMicros() / texts);
        figures.put("drainedPerSecond", drained.counts().texts().arrived() / drained.seconds());
        figures.put("cpuMicrosPerTextDrained", drained.cpuMicros() / texts);
        figures.put("cpuMicrosPerText", (filled.cpuMicros() + drained.cpuMicros()) / texts);
        figures.put("refusedWhileFilling", (double) filled.counts().refusedTexts() + filled.lost());
        return figures;
    }
}
