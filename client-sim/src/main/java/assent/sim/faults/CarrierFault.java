package assent.sim.faults;

import assent.device.ActivationAnswer;
import assent.device.Standing;
import assent.protocol.ProofMethod;
import assent.sim.carrier.CarrierBehaviour;
import assent.sim.demo.Approvals;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/// The carrier goes down while phones ask for their codes, and comes up again. In every second round it
/// delivers the code and dies without having said so, which tempts a gateway to send it again.
final class CarrierFault implements Fault {
    private static final int ROUNDS_SHORT = 8;
    private static final int ROUNDS_LONG = 100;
    private static final int MOMENT_MILLIS_MAX = 12;
    private static final Duration CODE_MAX = Duration.ofSeconds(1);
    /// Longer than a second try of the gateway's would take.
    private static final Duration SETTLE = Duration.ofSeconds(1);

    private static final List<String> QUICK = List.of(
            "--carrier-link-reconnect-min=100ms",
            "--carrier-link-reconnect-max=500ms",
            "--carrier-link-reply-timeout=1s");

    private static final Duration SHOWN_MAX = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "carrier";
    }

    @Override
    public String promise() {
        return "the carrier dies during activations: no code comes twice, nobody is half registered, a retry works";
    }

    @Override
    public FaultReport run(Setting setting) throws InterruptedException {
        var draft = new FaultReport.Draft(name());
        var random = new Random(setting.seed());
        int interrupted = 0;
        int rounds = setting.scale(ROUNDS_SHORT, ROUNDS_LONG);
        try (Stage stage = Stages.open(setting, setting.extras(QUICK))) {
            Phones phones = Phones.of(stage, new RandomNumbers(random));
            DemoPhone friend = phones.fresh();
            Approvals.activate(friend, ProofMethod.DEVICE_SMS);
            for (int i = 0; i < rounds; i++) {
                DemoPhone phone = phones.fresh();
                var letters = new Letters(friend, phone);
                boolean repliesToo = i % 2 == 0;
                // However quick the machine is: in every fourth round no code can have come before.
                boolean beforeTheClaim = i % 4 == 2;
                int afterMillis = beforeTheClaim ? 0 : random.nextInt(MOMENT_MILLIS_MAX);
                if (!activatedInSpite(stage, phone, afterMillis, repliesToo, beforeTheClaim)) {
                    interrupted++;
                    isNotHalfRegistered(draft, letters);
                    retry(draft, stage, phone);
                }
                draft.struck();
                letters.send("after the activation");
                draft.add(letters.verdict(SHOWN_MAX));
            }
        }
        draft.figure("activationsInterrupted", interrupted + " of " + rounds);
        draft.expect(interrupted > 0, "the carrier dies in the middle of some activations, or nothing was tested");
        return draft.done();
    }

    /// Activates while the carrier goes down, which is up again when this returns.
    ///
    /// @return whether the phone was quicker
    private static boolean activatedInSpite(
            Stage stage, DemoPhone phone, int afterMillis, boolean replies, boolean beforeTheClaim)
            throws InterruptedException {
        var codes = new Codes(phone);
        codes.approve();
        if (!replies) {
            stage.carrier().behave(CarrierBehaviour.good().withReplies(CarrierBehaviour.Replies.NOT_TO_SMS));
        }
        Thread end = Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(afterMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stage.carrier().stop();
        });
        if (beforeTheClaim) {
            end.join();
        }
        // Without an answer of the carrier's the claim waits for it, and is refused when the carrier dies.
        var ignored = codes.claim();
        end.join();
        boolean activated =
                codes.awaitCode(CODE_MAX) && codes.answer(codes.code()) instanceof ActivationAnswer.Activation;
        restart(stage);
        return activated;
    }

    private static void restart(Stage stage) throws InterruptedException {
        try {
            stage.carrier().behave(CarrierBehaviour.good());
            stage.carrier().restart();
        } catch (IOException e) {
            throw new DemoFailure("the carrier simulator did not come up again: " + e, e);
        }
        stage.awaitBind();
    }

    private static void isNotHalfRegistered(FaultReport.Draft draft, Letters letters) throws InterruptedException {
        DemoPhone phone = letters.to();
        Thread.sleep(SETTLE);
        int codes = Codes.on(phone).size();
        draft.expect(codes <= 1, "one request brings at most one code, not " + codes);
        draft.expect(
                phone.device().standing().join() instanceof Standing.NotActivated,
                "a phone whose activation was interrupted is not activated");
        // A stranger's number is answered like one that is away; nothing of it may be kept.
        letters.sendUnpromised("to a number that is not activated");
    }

    private static void retry(FaultReport.Draft draft, Stage stage, DemoPhone phone) throws InterruptedException {
        phone.leave();
        stage.awaitBind();
        long startedNanos = System.nanoTime();
        try {
            Approvals.activate(phone, ProofMethod.DEVICE_SMS);
            draft.recovered(Duration.ofNanos(System.nanoTime() - startedNanos));
        } catch (DemoFailure e) {
            draft.expect(false, "a retry activates the phone, but " + e.getMessage());
        }
    }
}
