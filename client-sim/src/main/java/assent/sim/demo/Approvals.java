package assent.sim.demo;

import assent.device.ActivationAnswer;
import assent.device.ApprovalAnswer;
import assent.device.ClaimAnswer;
import assent.device.ConnectAnswer;
import assent.device.NoticeAnswer;
import assent.protocol.ProofMethod;
import assent.sim.carrier.Sms;
import assent.sim.carrier.SmsNotSentException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A user who approves without reading, as only simulated users do. Stateless.
public final class Approvals {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");

    private Approvals() {}

    /// Connects, approves, claims and proves. Blocks.
    ///
    /// @throws DemoFailure if anything but an activation comes of it
    public static void activate(DemoPhone phone, ProofMethod method) throws InterruptedException {
        if (!(await(phone.device().connect(), "connecting") instanceof ConnectAnswer.Greeted)) {
            throw new DemoFailure("a phone could not connect to the gateway");
        }
        var notice = await(phone.device().notice(phone.number().callingCode()), "the notice");
        if (!(notice instanceof NoticeAnswer.NoticeShown(var shown, var _))) {
            throw unexpected("the notice", notice);
        }
        var approval = await(phone.device().approve(shown), "the approval");
        if (!(approval instanceof ApprovalAnswer.Approved)) {
            throw unexpected("the approval", approval);
        }
        ClaimAnswer claim = await(phone.device().claim(phone.number(), method), "the claim");
        CompletableFuture<ActivationAnswer> proof = switch (claim) {
            case ClaimAnswer.CodeExpected _ -> phone.device().answer(codeFromInbox(phone));
            case ClaimAnswer.SmsToSend(var serviceNumber, var text, var _) -> {
                var activated = phone.device().activated();
                send(phone, serviceNumber, text);
                yield activated;
            }
            default -> throw unexpected("the claim", claim);
        };
        ActivationAnswer activation = await(proof, "the proof");
        if (!(activation instanceof ActivationAnswer.Activation)) {
            throw unexpected("the proof", activation);
        }
    }

    private static String codeFromInbox(DemoPhone phone) {
        Sms sms = phone.handset()
                .await(any -> CODE.matcher(any.text()).find(), PATIENCE)
                .orElseThrow(() -> new DemoFailure("no SMS with a code came within " + PATIENCE.toSeconds() + " s"));
        Matcher code = CODE.matcher(sms.text());
        return code.find() ? code.group() : "";
    }

    private static void send(DemoPhone phone, String serviceNumber, String text) {
        try {
            phone.handset().send(serviceNumber, text);
        } catch (SmsNotSentException e) {
            throw new DemoFailure("the phone's SMS was not taken: " + e.getMessage(), e);
        }
    }

    private static DemoFailure unexpected(String step, Object answer) {
        return new DemoFailure(step + " was answered with " + answer.getClass().getSimpleName() + ": " + answer);
    }

    private static <T> T await(CompletableFuture<T> answer, String step) throws InterruptedException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new DemoFailure(step + " had no answer within " + PATIENCE.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new DemoFailure(step + " failed: " + e.getCause(), e);
        }
    }
}
