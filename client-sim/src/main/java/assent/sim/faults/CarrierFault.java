package assent.sim.faults;

import assent.protocol.ProofMethod;
import assent.sim.demo.Approvals;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.GatewayProcess.Extras;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;

/// The carrier goes down while phones are being activated, and comes up again.
final class CarrierFault implements Fault {
    private static final int ROUNDS_SHORT = 5;
    private static final int ROUNDS_LONG = 50;
    private static final int MOMENT_MILLIS_MAX = 150;
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int TEXTS = 50;

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
        var extras = setting.extras(Setting.quickCarrier());
        int interrupted = 0;
        try (Stage stage = Stages.open(setting, extras)) {
            Phones phones = Phones.of(stage, new RandomNumbers(random));
            for (int i = 0; i < setting.scale(ROUNDS_SHORT, ROUNDS_LONG); i++) {
                DemoPhone phone = phones.fresh();
                if (!activatedInSpite(stage, phone, random.nextInt(MOMENT_MILLIS_MAX))) {
                    interrupted++;
                    retry(draft, stage, phone);
                }
                draft.struck();
                long codes = phone.handset().inbox().stream()
                        .filter(sms -> CODE.matcher(sms.text()).find())
                        .count();
                draft.expect(codes <= 1, "one request brings at most one code, not " + codes);
            }
            draft.figure("activationsInterrupted", interrupted);
            try (var workload = Workload.open(phones, Workload.Plan.of(1, setting.seed()))) {
                workload.start();
                workload.awaitAcknowledged(TEXTS, PATIENCE);
                draft.add(workload.finish(PATIENCE));
            }
        }
        return draft.done();
    }

    /// Activates while the carrier goes down.
    ///
    /// @return whether the phone was quicker
    private static boolean activatedInSpite(Stage stage, DemoPhone phone, int afterMillis) throws InterruptedException {
        Thread end = Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(afterMillis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stage.carrier().stop();
        });
        boolean activated = isActivated(phone);
        end.join();
        try {
            stage.carrier().restart();
        } catch (IOException e) {
            throw new DemoFailure("the carrier simulator did not come up again: " + e, e);
        }
        stage.awaitBind();
        return activated;
    }

    private static boolean isActivated(DemoPhone phone) throws InterruptedException {
        try {
            Approvals.activate(phone, ProofMethod.SMS_CODE);
            return true;
        } catch (DemoFailure e) {
            return false; // refused, or no SMS came: both are said to the phone
        }
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
