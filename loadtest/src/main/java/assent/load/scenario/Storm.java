package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.work.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Everybody's connection breaks and everybody comes back at once, while some others chat on. What counts
/// is the chatters' latency, and how long it takes until all are signed in again.
///
/// @param pairs of those who come back
/// @param chatting pairs of those who chat
/// @param chat per second, while the storm lasts and before it
/// @param atOnce how many connections the phones make at a time
public record Storm(int pairs, int chatting, double chat, Duration chatFor, int atOnce) implements Scenario {
    private static final Duration CALM = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "storm";
    }

    @Override
    public Finding run(Scene scene) throws InterruptedException {
        scene.connect(Side.ALL, Chat.CONNECTS_AT_ONCE, false);
        try (Bystanders others = Bystanders.connect(scene, new Scene.Pairs(pairs, chatting), chat)) {
            others.chat(CALM, false);
            CompletableFuture<Measured> chatter = CompletableFuture.supplyAsync(() -> others.chat(chatFor, true));
            scene.say().accept("everybody goes");
            scene.disconnect(Side.ALL);
            scene.say().accept("everybody comes back");
            Measured back = scene.connect(Side.ALL, atOnce, false);
            return new Finding(chatter.join(), figures(back));
        }
    }

    private Map<String, Double> figures(Measured back) {
        var figures = new HashMap<String, Double>();
        figures.put("phones", 2.0 * pairs);
        figures.put("signedInAgain", (double) back.counts().connected());
        figures.put("secondsUntilAllSignedIn", back.seconds());
        figures.put("attemptsFailed", (double) back.counts().endedUnasked());
        figures.put("signInP50Millis", back.counts().connecting().getValueAtPercentile(50) / 1e3);
        figures.put("signInP99Millis", back.counts().connecting().getValueAtPercentile(99) / 1e3);
        return figures;
    }
}
