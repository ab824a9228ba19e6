package assent.sim.faults;

import assent.device.DeviceLimits;
import assent.sim.demo.FallBackRules;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Packets are lost, swallowed in one direction, or answered with resets, below TCP.
final class PacketsFault implements Fault {
    private static final int PAIRS = 3;
    private static final int TEXTS_BEFORE = 100;
    private static final int ROUNDS_SHORT = 1;
    private static final int ROUNDS_LONG = 12;
    /// Longer than three heartbeats of a second, so that half-open connections are found.
    private static final Duration DEAF = Duration.ofSeconds(4);
    private static final Duration LOSSY = Duration.ofSeconds(5);
    private static final Duration RESETTING = Duration.ofMillis(500);
    /// Longer than a connection stays deaf, and than TCP takes to send again what was lost.
    private static final FallBackRules RULES = new FallBackRules(Duration.ofSeconds(8), false);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "packets";
    }

    @Override
    public String promise() {
        return "10 % of packets lost, one-way blackholes, resets in mid-frame: nothing acknowledged is lost, in order";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        Optional<String> missing = Packets.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        try (Stage stage = Stages.open(setting, setting.extras(List.of("--session-heartbeat=1s")));
                var packets = new Packets(stage.listening().port())) {
            Phones phones = Phones.of(stage, new RandomNumbers(new Random(setting.seed())))
                    .with(new DeviceLimits(
                            1_000, 256, 5, Duration.ofMinutes(2), Duration.ofSeconds(2), Duration.ofSeconds(2)));
            try (var workload = Workload.open(
                    phones, Workload.Plan.of(PAIRS, setting.seed()).with(RULES))) {
                workload.start();
                workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
                for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                    everyTrouble(draft, packets, workload);
                }
                draft.add(workload.finish(PATIENCE));
            }
        }
        return draft.done();
    }

    private static void everyTrouble(FaultReport.Draft draft, Packets packets, Workload workload)
            throws InterruptedException {
        var droppedOf = new ArrayList<String>();
        for (Packets.Trouble trouble : Packets.Trouble.values()) {
            long droppedBefore = packets.dropped();
            long acknowledgedBefore = workload.acknowledged();
            packets.trouble(trouble);
            Thread.sleep(
                    switch (trouble) {
                        case LOSS -> LOSSY;
                        case DEAF_GATEWAY, DEAF_PHONES, DEAF_BOTH -> DEAF;
                        case RESETS -> RESETTING;
                    });
            if (trouble == Packets.Trouble.LOSS) {
                draft.expect(
                        workload.acknowledged() > acknowledgedBefore, "texts go on while one packet in ten is lost");
            }
            draft.recovered(Strikes.timed(workload, packets::close));
            draft.struck();
            long dropped = packets.dropped() - droppedBefore;
            droppedOf.add(trouble + " " + dropped);
            draft.expect(dropped > 0, trouble + " hits packets, or nothing was tested");
        }
        draft.figure("packetsHitInTheLastRound", String.join(", ", droppedOf));
    }
}
