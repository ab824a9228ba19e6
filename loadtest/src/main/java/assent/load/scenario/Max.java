package assent.load.scenario;

import assent.load.work.Side;
import java.time.Duration;
import java.util.Map;

/// As many texts as the server takes: a closed loop.
public record Max(int pairs, int inFlight, Duration warmUp, Duration measure) implements Scenario {
    @Override
    public String name() {
        return "max";
    }

    @Override
    public Finding run(Scene scene) {
        scene.connect(Side.ALL, Chat.CONNECTS_AT_ONCE, false);
        return new Finding(scene.max(inFlight, warmUp, measure), Map.of());
    }
}
