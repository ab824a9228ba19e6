package assent.sim.faults;

import assent.device.ActivationAnswer;
import assent.device.ApprovalAnswer;
import assent.device.ClaimAnswer;
import assent.device.NoticeAnswer;
import assent.protocol.ProofMethod;
import assent.sim.carrier.Sms;
import assent.sim.demo.DemoFailure;
import assent.sim.demo.DemoPhone;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The codes that one phone asks for and types, step by step. Confined to one thread.
final class Codes {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private final DemoPhone phone;
    private int received;

    /// Of a phone that has asked for none yet.
    Codes(DemoPhone phone) {
        this.phone = phone;
    }

    /// Connects, approves and claims; returns when the code is on the phone. Blocks.
    static Codes requested(DemoPhone phone) throws InterruptedException {
        var codes = new Codes(phone);
        codes.requestAnother();
        return codes;
    }

    /// All codes that ever came to a phone, oldest first.
    static List<String> on(DemoPhone phone) {
        return phone.handset().inbox().stream()
                .map(Sms::text)
                .map(CODE::matcher)
                .filter(Matcher::find)
                .map(Matcher::group)
                .toList();
    }

    /// Does it all over, on a new connection; returns when another code is on the phone. Blocks.
    void requestAnother() throws InterruptedException {
        approve();
        if (!(claim() instanceof ClaimAnswer.CodeExpected)) {
            throw new DemoFailure("a phone could not ask for a code");
        }
        if (!awaitCode(PATIENCE)) {
            throw new DemoFailure("no SMS with a code came within " + PATIENCE.toSeconds() + " s");
        }
    }

    /// On a new connection, up to the step before the carrier is needed. Blocks.
    void approve() throws InterruptedException {
        phone.leave();
        await(phone.device().connect());
        if (!(await(phone.device().notice(phone.number().callingCode()))
                        instanceof NoticeAnswer.NoticeShown(var shown, var _))
                || !(await(phone.device().approve(shown)) instanceof ApprovalAnswer.Approved)) {
            throw new DemoFailure("a phone could not approve");
        }
    }

    /// Asks for a code. Blocks.
    ClaimAnswer claim() throws InterruptedException {
        received = on(phone).size();
        return await(phone.device().claim(phone.number(), ProofMethod.SMS_CODE));
    }

    /// Whether the code that was asked for came in time. Blocks.
    boolean awaitCode(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (on(phone).size() <= received && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
        }
        return on(phone).size() > received;
    }

    /// The newest code.
    String code() {
        return on(phone).getLast();
    }

    /// What the gateway says to a code. Blocks.
    ActivationAnswer answer(String code) throws InterruptedException {
        return await(phone.device().answer(code));
    }

    private static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new DemoFailure("a phone that asks for a code had no answer: " + e, e);
        }
    }
}
