package assent.sim.faults;

import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;
import java.util.Random;

/// `kill -9` of the gateway at random moments, and a new start each time.
final class KillFault implements Fault {
    private static final int KILLS_SHORT = 20;
    private static final int KILLS_LONG = 200;
    private static final long ACKNOWLEDGED_LONG = 1_000_000;
    private static final int UPTIME_MILLIS_MAX = 1_000;
    private static final int PAIRS = 4;
    private static final int SAY_EVERY = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "kill";
    }

    @Override
    public String promise() {
        return "the gateway is killed at random moments: nothing acknowledged is lost or shown twice";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var random = new Random(setting.seed());
        int kills = setting.scale(KILLS_SHORT, KILLS_LONG);
        long between = setting.isLong() ? ACKNOWLEDGED_LONG / kills : 0;
        var extras = setting.extras(Setting.quickCarrier());
        try (Stage stage = Stages.open(setting, extras);
                var workload = Workload.open(
                        Phones.of(stage, new RandomNumbers(random)), Workload.Plan.of(PAIRS, setting.seed()))) {
            stage.stopGateway(); // the archive of classes is written at a clean stop
            stage.startGatewayAgain();
            workload.start();
            workload.awaitAcknowledged(1, PATIENCE);
            for (int i = 0; i < kills; i++) {
                long before = workload.acknowledged();
                Thread.sleep(random.nextInt(UPTIME_MILLIS_MAX));
                workload.awaitAcknowledged(before + between, PATIENCE);
                draft.recovered(Strikes.timed(workload, stage::killAndRestartGateway));
                draft.struck();
                if ((i + 1) % SAY_EVERY == 0) {
                    setting.say(i + 1 + " of " + kills + " kills, " + workload.acknowledged() + " texts acknowledged");
                }
            }
            Verdict verdict = workload.finish(PATIENCE);
            draft.add(verdict);
            draft.expect(verdict.fallBacks().fellBack() > 0, "some texts fall back, or that was not tested");
        }
        return draft.done();
    }
}
