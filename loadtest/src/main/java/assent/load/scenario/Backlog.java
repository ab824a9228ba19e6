package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.work.Counts;
import assent.load.work.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Texts for phones that are away, which then come back. Others may chat before and meanwhile: what counts
/// of them is how much longer their texts take.
///
/// @param textsPerPair that wait when they come back
/// @param inFlight of each sender, without an answer
/// @param chatting pairs of those who chat; 0: nobody, and the server's time is that of the backlog alone
/// @param chat their texts per second
/// @param atOnce recipients that come back at a time
public record Backlog(int pairs, int textsPerPair, int inFlight, int chatting, double chat, int atOnce, Duration atMost)
        implements Scenario {
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration CALM = Duration.ofSeconds(20);

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
        Supplier<Measured> drain = () -> {
            scene.say().accept("the texts wait; their recipients come back");
            return scene.await(Optional.of(Scene.connectOrder(Side.RECIPIENTS, atOnce, true)), atMost);
        };
        if (chatting == 0) {
            Measured drained = drain.get();
            return new Finding(drained.afterwards(filled), figures(filled, drained));
        }
        try (Bystanders others = Bystanders.connect(scene, new Scene.Pairs(pairs, chatting), chat)) {
            scene.say().accept("the texts wait; others chat");
            Measured warmUp = others.chat(WARM_UP, false);
            Measured before = others.chat(CALM, true);
            Bystanders.During<Measured> during = others.chatDuring(drain, atMost);
            Measured drained = during.result();
            Map<String, Double> figures = figures(filled, drained);
            figures.putAll(others(before.counts(), during.chats().counts()));
            return new Finding(
                    drained.afterwards(filled)
                            .afterwards(warmUp)
                            .afterwards(before)
                            .afterwards(during.chats()),
                    figures);
        }
    }

    static Map<String, Double> figures(Measured filled, Measured drained) {
        double texts = Math.max(1, filled.counts().texts().sent());
        var figures = new HashMap<String, Double>();
        figures.put("textsQueued", texts);
        figures.put("queuedPerSecond", texts / filled.seconds());
        figures.put("cpuMicrosPerTextQueued", filled.cpuMicros() / texts);
        figures.put("drainSeconds", drained.seconds());
        figures.put("drainMicrosPerText", drained.seconds() * 1e6 / texts);
        figures.put("drainedPerSecond", drained.counts().texts().arrived() / drained.seconds());
        figures.put("cpuMicrosPerTextDrained", drained.cpuMicros() / texts);
        figures.put("cpuMicrosPerText", (filled.cpuMicros() + drained.cpuMicros()) / texts);
        figures.put("refusedWhileFilling", (double) filled.counts().refusedTexts() + filled.lost());
        return figures;
    }

    /// What those noticed who chat.
    static Map<String, Double> others(Counts before, Counts during) {
        double p99Before = before.arrival().getValueAtPercentile(99) / 1e3;
        double p99During = during.arrival().getValueAtPercentile(99) / 1e3;
        return Map.of(
                "othersTextsBefore",
                (double) before.texts().done(),
                "othersTextsDuring",
                (double) during.texts().done(),
                "othersP50MillisBefore",
                before.arrival().getValueAtPercentile(50) / 1e3,
                "othersP50MillisDuring",
                during.arrival().getValueAtPercentile(50) / 1e3,
                "othersP99MillisBefore",
                p99Before,
                "othersP99MillisDuring",
                p99During,
                "othersP99Ratio",
                p99Before > 0 ? p99During / p99Before : 0);
    }
}
