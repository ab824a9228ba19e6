package assent.sim.faults;

import assent.device.DeviceLimits;
import assent.sim.demo.FallBackRules;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import assent.sim.process.Tool;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// The gateway stands still (SIGSTOP) and goes on (SIGCONT), as a paused virtual machine does.
final class PauseFault implements Fault {
    private static final int PAIRS = 2;
    private static final int TEXTS_BEFORE = 200;
    private static final Duration PAUSE_SHORT = Duration.ofSeconds(5);
    private static final Duration PAUSE_LONG = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "pause";
    }

    @Override
    public String promise() {
        return "the gateway is stopped (SIGSTOP) and continued: nothing acknowledged is lost or shown twice";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        Duration pause = setting.isLong() ? PAUSE_LONG : PAUSE_SHORT;
        // A heartbeat of 1 s, so that the pause is longer than three of them.
        var extras = new Extras(java.util.List.of("--session-heartbeat=1s"), setting.environment(), Optional.empty());
        try (Stage stage = Stages.open(setting, extras);
                var workload = Workload.open(
                        Phones.of(stage, new RandomNumbers(new Random(setting.seed()))),
                        Workload.Plan.of(PAIRS, setting.seed()).with(rules(pause)))) {
            workload.start();
            workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
            long pid = stage.gateway().handle().pid();
            draft.recovered(Strikes.timed(workload, () -> {
                Tool.signal("STOP", pid);
                Thread.sleep(pause);
                Tool.signal("CONT", pid);
            }));
            draft.struck();
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    /// What was under way stays under way for the whole pause: in the long form that is longer than the
    /// margin after which a phone falls back by its own clock.
    private static FallBackRules rules(Duration pause) {
        return new FallBackRules(
                pause.plusSeconds(2), pause.compareTo(DeviceLimits.standard().fallbackMargin()) > 0);
    }
}
