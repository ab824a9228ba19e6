package assent.sim.faults;

import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Each sync takes half a second; and the gateway is killed in the middle of it.
final class SlowDiskFault implements Fault {
    private static final int PAIRS = 2;
    private static final int TEXTS_BEFORE = 200;
    private static final String DELAY = "delay_exit=500000";
    private static final Duration SLOW_SHORT = Duration.ofSeconds(8);
    private static final Duration SLOW_LONG = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

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
        Optional<String> missing = Strace.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        var extras = new Extras(Setting.quickCarrier(), Map.of("JAVA_OPTS", setting.quickStart()), Optional.empty());
        try (Stage stage = Stages.open(setting, extras);
                var workload = Workload.open(
                        Phones.of(stage, new RandomNumbers(new Random(setting.seed()))),
                        Workload.Plan.of(PAIRS, setting.seed()))) {
            workload.start();
            workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
            long pid = stage.gateway().handle().pid();
            draft.figure("residentMiBBefore", residentMib(pid));
            draft.recovered(Strikes.timed(workload, () -> {
                try (Strace _ = Strace.attach(pid, DELAY)) {
                    long before = workload.acknowledged();
                    long queuedBefore = workload.tally().outcomeQueued;
                    Thread.sleep(setting.isLong() ? SLOW_LONG : SLOW_SHORT);
                    draft.figure("acknowledgedWhileSlow", workload.acknowledged() - before);
                    draft.figure("ofThemQueued", workload.tally().outcomeQueued - queuedBefore);
                    draft.figure("residentMiBWhileSlow", residentMib(pid));
                    stage.killGateway();
                }
                stage.startGatewayAgain();
            }));
            draft.struck();
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static long residentMib(long pid) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .map(line -> line.replaceAll("[^0-9]", ""))
                    .mapToLong(kib -> Long.parseLong(kib) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
