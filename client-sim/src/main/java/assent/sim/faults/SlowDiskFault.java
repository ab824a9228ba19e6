package assent.sim.faults;

import assent.sim.demo.DemoLimits;
import assent.sim.demo.FallBackRules;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// Each sync takes half a second longer, while phones send as much as they may; and the gateway is
/// killed in the middle of it.
final class SlowDiskFault implements Fault {
    private static final int PAIRS = 8;
    private static final int TEXTS_BEFORE = 1_000;
    /// More than the gateway takes from a device at a time, and longer texts than usual.
    private static final DemoLimits LIMITS =
            new DemoLimits(200, 1_000, 8 << 20, Duration.ofSeconds(90), Duration.ofMillis(500));

    private static final int LETTERS_MAX = 3_000;
    /// A decision waits for the step under way, for what 16 devices with 200 texts each can have in the queue before
    /// it (four steps of 1,000 writes), and for its own: six times half a second, and what the disk itself takes.
    private static final FallBackRules RULES = new FallBackRules(Duration.ofSeconds(5), false);

    private static final Duration DELAY = Duration.ofMillis(500);
    private static final Duration SLOW_SHORT = Duration.ofSeconds(6);
    private static final Duration SLOW_LONG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /// Above what the process took before: texts of 16 devices, the batches that they are in, and the
    /// heap's growth to its usual size.
    private static final long GROWTH_MIB_MAX = 256;

    @Override
    public String name() {
        return "slow-disk";
    }

    @Override
    public String promise() {
        return "syncs take 500 ms: acknowledgements wait for them and stay true, also if the gateway is killed then";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        Optional<String> missing = Synced.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        Synced synced = Synced.prepare(setting.scratch());
        var extras = new Extras(
                Setting.quickCarrier(),
                setting.environment(synced.environment()),
                Optional.of(setting.scratch().resolve("gateway.log")));
        var plan = new Workload.Plan(PAIRS, LIMITS, setting.seed(), LETTERS_MAX, Workload.DEADLINE_MIN, RULES);
        try (Stage stage = Stages.open(setting, synced.data(), extras);
                var workload = Workload.open(Phones.of(stage, new RandomNumbers(new Random(setting.seed()))), plan)) {
            workload.start();
            workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
            slow(setting, draft, stage, synced, workload);
            draft.recovered(Strikes.timed(workload, () -> {
                stage.killGateway();
                PowerCut.play(synced, new Random(setting.seed()));
                synced.healSyncs();
                stage.startGatewayAgain();
            }));
            draft.struck();
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static void slow(Setting setting, FaultReport.Draft draft, Stage stage, Synced synced, Workload workload)
            throws InterruptedException {
        try (Memory memory = Memory.of(stage.gateway().handle().pid())) {
            Memory.Peak before = memory.peak();
            synced.slowSyncs(DELAY);
            Thread.sleep(DELAY.multipliedBy(2)); // what was under way before does not count
            long acknowledgedBefore = workload.acknowledged();
            long queuedBefore = workload.tally().outcomeQueued;
            Thread.sleep(setting.isLong() ? SLOW_LONG : SLOW_SHORT);
            long queued = workload.tally().outcomeQueued - queuedBefore;
            Memory.Peak after = memory.peak();
            draft.figure("acknowledgedWhileSlow", workload.acknowledged() - acknowledgedBefore);
            draft.figure("ofThemQueued", queued);
            draft.figure("peakMiBBefore", before);
            draft.figure("peakMiBWhileSlow", after);
            draft.expect(queued > 0, "texts are kept while the disk is slow");
            draft.expect(
                    after.resident() - before.resident() <= GROWTH_MIB_MAX,
                    "memory is bounded while the disk is slow: the process grew from " + before.resident() + " to "
                            + after.resident() + " MiB, which is more than " + GROWTH_MIB_MAX);
        }
    }
}
