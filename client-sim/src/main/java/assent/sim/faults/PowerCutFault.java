package assent.sim.faults;

import assent.sim.demo.DemoPhone;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// The power goes at random moments, and only what was synced survives. Afterwards the same once more
/// with syncs that do nothing: the checker must find that texts are lost, or it proves nothing. The
/// gateway of this negative control starts with syncs that work, since a store whose very making was
/// not synced may not open any more, and then no text could be counted.
final class PowerCutFault implements Fault {
    private static final int CUTS_SHORT = 3;
    private static final int CUTS_LONG = 50;
    private static final int PAIRS = 4;
    private static final int UPTIME_MILLIS_MAX = 1_000;
    private static final int ACKNOWLEDGED_BETWEEN = 100;
    private static final int UNSYNCED_TEXTS = 200;
    private static final int SAY_EVERY = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration WAIT_FOR_THE_LOST = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "power-cut";
    }

    @Override
    public String promise() {
        return "the power is cut at random moments, only synced bytes survive: nothing acknowledged is lost";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        Optional<String> missing = Synced.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        var random = new Random(setting.seed());
        Synced synced = Synced.prepare(setting.scratch());
        try (Stage stage = Stages.open(setting, synced.data(), extras(setting, synced))) {
            cuts(setting, draft, random, synced, stage);
            negativeControl(setting, draft, random, synced, stage);
        }
        return draft.done();
    }

    private static Extras extras(Setting setting, Synced synced) {
        return new Extras(
                Setting.quickCarrier(),
                setting.environment(synced.environment()),
                Optional.of(setting.scratch().resolve("gateway.log")));
    }

    private static void cuts(Setting setting, FaultReport.Draft draft, Random random, Synced synced, Stage stage)
            throws InterruptedException {
        int cuts = setting.scale(CUTS_SHORT, CUTS_LONG);
        long bytes = 0;
        int names = 0;
        Phones phones = Phones.of(stage, new RandomNumbers(random));
        try (var workload = Workload.open(phones, Workload.Plan.of(PAIRS, setting.seed()))) {
            workload.start();
            for (int i = 0; i < cuts; i++) {
                workload.awaitAcknowledged(workload.acknowledged() + ACKNOWLEDGED_BETWEEN, PATIENCE);
                Thread.sleep(random.nextInt(UPTIME_MILLIS_MAX));
                var loss = new PowerCut.Loss[1];
                draft.recovered(Strikes.timed(workload, () -> {
                    stage.killGateway();
                    loss[0] = PowerCut.play(synced, random);
                    stage.startGatewayAgain();
                }));
                draft.struck();
                bytes += loss[0].bytes();
                names += loss[0].names();
                if ((i + 1) % SAY_EVERY == 0) {
                    setting.say(i + 1 + " of " + cuts + " cuts");
                }
            }
            draft.add(workload.finish(PATIENCE));
        }
        draft.figure("unsyncedBytesCut", bytes);
        draft.figure("unsyncedNamesUndone", names);
    }

    private static void negativeControl(
            Setting setting, FaultReport.Draft draft, Random random, Synced synced, Stage stage)
            throws InterruptedException {
        stage.awaitBind();
        Phones phones = Phones.of(stage, new RandomNumbers(random));
        try (var workload = Workload.open(phones, Workload.Plan.of(1, setting.seed()))) {
            DemoPhone away = workload.directions().getFirst().to();
            away.leave();
            synced.skipSyncs();
            workload.start(Workload.Coming.NEVER);
            workload.awaitAcknowledged(UNSYNCED_TEXTS, PATIENCE);
            stage.killGateway();
            PowerCut.playWorst(synced, random);
            synced.healSyncs();
            stage.startGatewayAgain();
            Verdict verdict = workload.finish(WAIT_FOR_THE_LOST);
            draft.figure("lostWithoutSync", verdict.lost());
            draft.expect(
                    verdict.lost() > 0,
                    "with sync turned off the same test finds lost texts (" + verdict.acknowledged()
                            + " were acknowledged, none was lost: the test is blind)");
        }
    }
}
