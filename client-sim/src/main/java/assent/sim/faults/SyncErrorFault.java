package assent.sim.faults;

import assent.sim.demo.GatewayProcess;
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

/// From one moment on every sync fails with EIO.
final class SyncErrorFault implements Fault {
    private static final int PAIRS = 2;
    private static final int TEXTS_BEFORE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_MAX = Duration.ofSeconds(15);
    private static final String LAST_WORDS = "could not be made durable";

    @Override
    public String name() {
        return "fsync-eio";
    }

    @Override
    public String promise() {
        return "syncs fail with EIO: nothing is kept or acknowledged as kept after it, the gateway says why and stops";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        Optional<String> missing = Strace.missing();
        if (missing.isPresent()) {
            return FaultReport.skipped(name(), missing.get());
        }
        var draft = new FaultReport.Draft(name());
        Path log = setting.scratch().resolve("gateway.log");
        var extras = new Extras(Setting.quickCarrier(), Map.of("JAVA_OPTS", setting.quickStart()), Optional.of(log));
        try (Stage stage = Stages.open(setting, extras);
                var workload = Workload.open(
                        Phones.of(stage, new RandomNumbers(new Random(setting.seed()))),
                        Workload.Plan.of(PAIRS, setting.seed()))) {
            workload.start();
            workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
            strike(draft, stage, workload, log);
            draft.recovered(Strikes.timed(workload, stage::startGatewayAgain));
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static void strike(FaultReport.Draft draft, Stage stage, Workload workload, Path log)
            throws InterruptedException {
        GatewayProcess gateway = stage.gateway();
        long startedNanos = System.nanoTime();
        try (Strace _ = Strace.attach(gateway.handle().pid(), "error=EIO")) {
            long queuedBefore = workload.tally().outcomeQueued;
            long saidAfterMillis = awaitWords(log, startedNanos);
            Optional<Integer> exit = gateway.await(END_MAX);
            draft.struck();
            draft.figure("saidWhyAfterMillis", saidAfterMillis);
            draft.figure("endedAfterMillis", (System.nanoTime() - startedNanos) / 1_000_000);
            draft.figure("queuedAnswersStillOnTheirWay", workload.tally().outcomeQueued - queuedBefore);
            draft.expect(saidAfterMillis >= 0, "the gateway says that what it was given could not be made durable");
            draft.expect(exit.equals(Optional.of(1)), "the gateway ends with exit code 1, not " + exit);
        }
        if (gateway.isAlive()) {
            stage.killGateway();
        }
    }

    /// @return how long it took, or -1 if nothing was said
    private static long awaitWords(Path log, long startedNanos) throws InterruptedException {
        while (System.nanoTime() - startedNanos < END_MAX.toNanos()) {
            try {
                if (Files.readString(log).contains(LAST_WORDS)) {
                    return (System.nanoTime() - startedNanos) / 1_000_000;
                }
            } catch (IOException e) {
                return -1;
            }
            Thread.sleep(5);
        }
        return -1;
    }
}
