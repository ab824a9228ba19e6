package assent.load.scenario;

import assent.load.work.Schedule;
import assent.load.work.Side;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pairs that chat at rates that are fixed beforehand, whatever the server makes of it.
///
/// @param warmUp at the first rate, not counted; may be zero
public record Chat(int pairs, Schedule schedule, Duration warmUp) implements Scenario {
    static final int CONNECTS_AT_ONCE = 64;

    @Override
    public String name() {
        return "chat";
    }

    @Override
    public Finding run(Scene scene) {
        scene.connect(Side.ALL, CONNECTS_AT_ONCE, false);
        if (warmUp.isPositive()) {
            double first = schedule.steps().getFirst().perSecond();
            scene.warmUp(new Schedule(List.of(new Schedule.Step(first, warmUp.toMillis()))));
        }
        return new Finding(scene.paced(schedule, Optional.empty()), Map.of());
    }
}
