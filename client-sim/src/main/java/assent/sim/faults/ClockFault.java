package assent.sim.faults;

import assent.device.ActivationAnswer;
import assent.device.Refused;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.sim.demo.Approvals;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/// Somebody sets the wall clock of the gateway's machine a day forward and a day back, while it runs and
/// between two runs. Only the gateway's process sees it.
final class ClockFault implements Fault {
    private static final int PAIRS = 2;
    private static final int TEXTS_BETWEEN = 200;
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration CODE_LIFETIME = Duration.ofSeconds(2);
    private static final Duration TEXT_LIFETIME = Duration.ofHours(1);

    @Override
    public String name() {
        return "wall-clock";
    }

    @Override
    public String promise() {
        return "the wall clock jumps 24 h both ways, also over a restart: nothing expires early, no code comes back";
    }

    /// Codes that do not live long.
    private static Path policy(Path folder) {
        try {
            return Files.writeString(
                    folder.resolve("policy.yaml"), "challenge: {lifetime: " + CODE_LIFETIME.toSeconds() + "s}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
        var extras = new Extras(
                List.of(
                        "--carrier-link-reconnect-min=100ms",
                        "--carrier-link-reconnect-max=1s",
                        "--policy-initial-file=" + policy(setting.scratch())),
                setting.environment(Map.of(
                        "LD_PRELOAD", synced.library().toString(),
                        "SYNCED_CLOCK_FILE", clock.toString())),
                Optional.empty());
        set(clock, DAY.multipliedBy(-2)); // so that its certificate is valid whenever it is started later
        try (Stage stage = Stages.open(setting, extras)) {
            Phones phones = Phones.of(stage, new RandomNumbers(new Random(setting.seed())));
            set(clock, Duration.ZERO);
            stage.stopGateway(); // which also writes the archive of classes, so that later starts are quick
            stage.startGatewayAgain();
            stage.awaitBind();
            aRunningGatewayDoesNotNotice(draft, phones, clock);
            noCodeComesBack(draft, stage, phones, clock);
            overRestarts(setting, draft, stage, phones, clock);
        }
        return draft.done();
    }

    private static void set(Path clock, Duration shift) {
        try {
            Files.writeString(clock, shift.toSeconds() + "\n");
        } catch (IOException e) {
            throw new DemoFailure("the clock's file cannot be written: " + e, e);
        }
    }

    private static void aRunningGatewayDoesNotNotice(FaultReport.Draft draft, Phones phones, Path clock)
            throws InterruptedException {
        DemoPhone from = activated(phones);
        for (Duration shift : List.of(DAY, DAY.negated())) {
            set(clock, Duration.ZERO);
            var letters = new Letters(from, activated(phones), TEXT_LIFETIME);
            letters.to().leave();
            letters.send("waits while the clock jumps");
            Codes codes = Codes.requested(phones.fresh());
            set(clock, shift);
            draft.struck();
            ActivationAnswer answer = codes.answer(codes.code());
            draft.expect(
                    answer instanceof ActivationAnswer.Activation,
                    "a fresh code is good after a jump of " + shift.toHours() + " h, but the answer was " + answer);
            letters.send("is sent after the jump");
            letters.to().comeBack();
            draft.add(letters.verdict(SOON));
        }
        set(clock, Duration.ZERO);
    }

    private static void noCodeComesBack(FaultReport.Draft draft, Stage stage, Phones phones, Path clock)
            throws InterruptedException {
        Codes expired = Codes.requested(phones.fresh());
        Thread.sleep(CODE_LIFETIME.plusMillis(500));
        set(clock, DAY.negated());
        draft.struck();
        expectRefused(draft, expired.answer(expired.code()), Reason.CODE_EXPIRED, "an expired code");

        Codes interrupted = Codes.requested(phones.fresh());
        String old = interrupted.code();
        set(clock, Duration.ZERO);
        stage.killAndRestartGateway();
        stage.awaitBind();
        draft.struck();
        interrupted.requestAnother();
        if (!old.equals(interrupted.code())) { // they are the same once in a million times
            expectRefused(draft, interrupted.answer(old), Reason.CODE_WRONG, "a code from before the restart");
        }
    }

    private static void expectRefused(FaultReport.Draft draft, ActivationAnswer answer, Reason expected, String what) {
        draft.expect(
                answer instanceof Refused(var reason, var _, var _) && reason == expected,
                what + " stays refused as " + expected + " when the clock has jumped, but the answer was " + answer);
    }

    /// Lifetimes are judged by the new time then, so only a jump back must cost nothing at all; what is
    /// kept for 30 days survives both.
    private static void overRestarts(Setting setting, FaultReport.Draft draft, Stage stage, Phones phones, Path clock)
            throws InterruptedException {
        var waiting = new ArrayList<Letters>();
        DemoPhone from = activated(phones);
        try (var workload = Workload.open(phones, Workload.Plan.of(PAIRS, setting.seed()))) {
            workload.start();
            for (Duration shift : List.of(DAY, Duration.ZERO, DAY.negated())) {
                var letters = new Letters(from, activated(phones), shift.equals(DAY) ? Duration.ZERO : TEXT_LIFETIME);
                letters.to().leave();
                letters.send("waits while the gateway is started at another time");
                waiting.add(letters);
                workload.awaitAcknowledged(workload.acknowledged() + TEXTS_BETWEEN, PATIENCE);
                draft.recovered(Strikes.timed(workload, () -> {
                    set(clock, shift);
                    stage.killAndRestartGateway();
                }));
                draft.struck();
                stage.awaitBind();
                expectTheGatewaysTime(draft, phones, shift);
            }
            for (Letters letters : waiting) {
                letters.to().comeBack();
                draft.add(letters.verdict(SOON));
            }
            draft.add(workload.finish(PATIENCE));
        }
    }

    /// Otherwise nothing was tested.
    private static void expectTheGatewaysTime(FaultReport.Draft draft, Phones phones, Duration shift)
            throws InterruptedException {
        DemoPhone phone = activated(phones);
        Instant said =
                phone.device().receipt().join().orElseThrow().parseReceipt().activatedAt();
        Duration off = Duration.between(Instant.now().plus(shift), said).abs();
        draft.expect(
                off.compareTo(Duration.ofMinutes(1)) < 0,
                "the gateway takes the new time at its start, but it is off by " + off.toSeconds() + " s");
    }

    private static DemoPhone activated(Phones phones) throws InterruptedException {
        DemoPhone phone = phones.fresh();
        Approvals.activate(phone, ProofMethod.DEVICE_SMS);
        return phone;
    }
}
