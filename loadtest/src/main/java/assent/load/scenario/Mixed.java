package assent.load.scenario;

import assent.load.report.Measured;
import assent.load.work.Order;
import assent.load.work.Schedule;
import assent.load.work.Side;
import java.util.Map;
import java.util.Optional;

/// Chat, while a share of the recipients goes away and comes back all the time: pushes, mailboxes,
/// sign-ins and drains at once. Latency is that of texts to phones that were there.
public record Mixed(int pairs, Schedule schedule, Order.GoingAway churn) implements Scenario {
    @Override
    public String name() {
        return "mixed";
    }

    @Override
    public Finding run(Scene scene) {
        scene.connect(Side.ALL, Chat.CONNECTS_AT_ONCE, true);
        Measured measured = scene.paced(schedule, Optional.of(churn));
        return new Finding(
                measured,
                Map.of(
                        "textsThatWaitedForTheirPhone",
                        (double) measured.counts().texts().waited()
                                + measured.after().texts().waited(),
                        "signIns",
                        (double) measured.counts().connected()));
    }
}
