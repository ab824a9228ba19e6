package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Somebody sets the wall clock of the gateway's machine a day forward and a day back, while it runs and
/// between two runs. Only the gateway's process sees it.
final class ClockFault implements Fault {
    private static final int PAIRS = 2;
    private static final int TEXTS_BETWEEN = 200;
    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Override
    public String name() {
        return "wall-clock";
    }

    @Override
    public String promise() {
        return "the wall clock jumps 24 h both ways, also over a restart: no text that waits is lost";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        Optional<String> missing = Synced.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        Path clock = setting.scratch().resolve("clock");
        Synced synced = Synced.prepare(setting.scratch());
        Map<String, String> environment = new HashMap<>(Map.of(
                "JAVA_OPTS",
                setting.quickStart(),
                "LD_PRELOAD",
                synced.library().toString(),
                "SYNCED_CLOCK_FILE",
                clock.toString()));
        set(clock, 0);
        var extras = new Extras(Setting.quickCarrier(), environment, Optional.empty());
        try (Stage stage = Stages.open(setting, extras);
                var workload = Workload.open(
                        Phones.of(stage, new RandomNumbers(new Random(setting.seed()))),
                        Workload.Plan.of(PAIRS, setting.seed()))) {
            workload.start();
            for (long shift : new long[] {DAY_SECONDS, 0}) { // back no further: certificates are not valid yet then
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BETWEEN, PATIENCE);
                draft.recovered(Strikes.timed(workload, () -> set(clock, shift)));
                draft.recovered(Strikes.timed(workload, stage::killAndRestartGateway));
                draft.struck();
            }
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static void set(Path clock, long shiftSeconds) {
        try {
            Files.writeString(clock, shiftSeconds + "\n");
        } catch (IOException e) {
            throw new DemoFailure("the clock's file cannot be written: " + e, e);
        }
    }
}
