package assent.sim.faults;

import assent.sim.demo.GatewayProcess;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/// From one moment on every sync fails with EIO. Afterwards the disk keeps only what was synced
/// before, so that a text which was acknowledged on the strength of a failed sync is lost, and
/// found missing.
final class SyncErrorFault implements Fault {
    private static final int PAIRS = 2;
    private static final int TEXTS_BEFORE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_MAX = Duration.ofSeconds(15);
    private static final long PROMISED_MILLIS = 1_000;
    private static final String LAST_WORDS = "could not be made durable";

    @Override
    public String name() {
        return "fsync-eio";
    }

    @Override
    public String promise() {
        return "syncs fail with EIO: nothing is acknowledged as kept after it, the gateway says why and stops within 1 s";
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
        Path log = setting.scratch().resolve("gateway.log");
        var extras = new Extras(Setting.quickCarrier(), setting.environment(synced.environment()), Optional.of(log));
        try (Stage stage = Stages.open(setting, synced.data(), extras);
                var workload = Workload.open(
                        Phones.of(stage, new RandomNumbers(random)), Workload.Plan.of(PAIRS, setting.seed()))) {
            stage.stopGateway(); // the archive of classes is written at the first stop, which takes seconds
            stage.startGatewayAgain();
            workload.start();
            workload.awaitAcknowledged(TEXTS_BEFORE, PATIENCE);
            strike(draft, stage, synced, log);
            draft.recovered(Strikes.timed(workload, () -> {
                draft.figure("unsyncedBytesCut", PowerCut.play(synced, random).bytes());
                synced.healSyncs();
                stage.startGatewayAgain();
            }));
            draft.add(workload.finish(PATIENCE));
        }
        return draft.done();
    }

    private static void strike(FaultReport.Draft draft, Stage stage, Synced synced, Path log)
            throws InterruptedException {
        GatewayProcess gateway = stage.gateway();
        synced.failSyncs();
        long saidNanos = awaitWords(log);
        Optional<Integer> exit = gateway.await(END_MAX);
        long endedNanos = System.nanoTime();
        draft.struck();
        if (gateway.isAlive()) {
            stage.killGateway();
        }
        long failedNanos = synced.firstFailureNanos().orElse(endedNanos);
        long saidAfterMillis = (saidNanos - failedNanos) / 1_000_000;
        long endedAfterMillis = (endedNanos - failedNanos) / 1_000_000;
        draft.figure("saidWhyAfterMillis", saidAfterMillis);
        draft.figure("endedAfterMillis", endedAfterMillis);
        draft.expect(
                saidAfterMillis <= PROMISED_MILLIS,
                "the gateway says within 1 s that what it was given could not be made durable, not after "
                        + saidAfterMillis + " ms");
        draft.expect(exit.equals(Optional.of(1)), "the gateway ends with exit code 1, not " + exit);
        draft.expect(
                endedAfterMillis <= PROMISED_MILLIS,
                "the gateway ends within 1 s of the failed sync, not after " + endedAfterMillis + " ms");
    }

    /// When the gateway had said why, or when nobody waited any longer.
    private static long awaitWords(Path log) throws InterruptedException {
        long end = System.nanoTime() + END_MAX.toNanos();
        while (System.nanoTime() < end && !isSaid(log)) {
            Thread.sleep(2);
        }
        return System.nanoTime();
    }

    private static boolean isSaid(Path log) {
        try {
            return Files.readString(log).contains(LAST_WORDS);
        } catch (IOException e) {
            return false; // nothing was said yet
        }
    }
}
