package assent.sim.phone;

import assent.device.ActivationAnswer;
import assent.device.ApprovalAnswer;
import assent.device.ClaimAnswer;
import assent.device.ConnectAnswer;
import assent.device.NoticeAnswer;
import assent.device.Refused;
import assent.device.StartAgain;
import assent.protocol.ProofMethod;
import assent.sim.carrier.Handset;
import assent.sim.carrier.SmsNotSentException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The dialogue in which the user reads the notice, approves, and proves the number. Nothing is sent
/// about the phone before the user's yes. Confined to the thread that asks the user.
public final class Activation {
    private static final Pattern CODE = Pattern.compile("\\b[0-9]{6}\\b");
    private static final Duration SMS_PATIENCE = Duration.ofSeconds(30);

    private final VirtualPhone phone;
    private final Optional<ProofMethod> preferred;

    /// @param preferred proof method; without it the user is asked if there are two
    public Activation(VirtualPhone phone, Optional<ProofMethod> preferred) {
        this.phone = phone;
        this.preferred = preferred;
    }

    /// How the dialogue ended; the screen says more.
    public enum Ending {
        ACTIVATED,
        /// The user said no.
        DECLINED,
        FAILED
    }

    /// Connects, and activates unless the phone is activated already. Blocks.
    public Ending run() throws InterruptedException {
        ConnectAnswer connected = Answers.await(phone.device().connect(), "connecting");
        return switch (connected) {
            case ConnectAnswer.SignedIn() -> say("Signed in.", Ending.ACTIVATED);
            case ConnectAnswer.Greeted() -> activate();
            case ConnectAnswer.NotConnected(var why, var next) ->
                say(
                        "Not connected: " + Words.of(why) + (next.isPresent() ? "; trying on." : "."),
                        next.isPresent() ? Ending.ACTIVATED : Ending.FAILED);
            case ConnectAnswer.Stopped(var reason) -> say("Not connected: " + Words.of(reason) + ".", Ending.FAILED);
        };
    }

    private Ending activate() throws InterruptedException {
        NoticeAnswer notice = Answers.await(phone.device().notice(phone.number().callingCode()), "the notice");
        return switch (notice) {
            case NoticeAnswer.NoticeShown shown -> approve(shown);
            case NoticeAnswer.ActivationClosed(var reason, var retryAfter) ->
                say("Assent cannot be switched on: " + Words.of(reason) + Words.again(retryAfter) + ".", Ending.FAILED);
            case StartAgain again -> interrupted(again);
        };
    }

    private Ending approve(NoticeAnswer.NoticeShown shown) throws InterruptedException {
        Pages.notice(shown.notice(), shown.hash(), phone.screen().width()).forEach(phone::show);
        if (!saysYes("Do you approve? (yes/no) ")) {
            return say("Not approved: nothing about this phone was sent.", Ending.DECLINED);
        }
        ApprovalAnswer answer = Answers.await(phone.device().approve(shown.notice()), "the approval");
        return switch (answer) {
            case ApprovalAnswer.Approved(var _, var methods, var _) -> claim(choose(methods));
            case Refused refused -> say("The approval was " + Words.of(refused) + ".", Ending.FAILED);
            case StartAgain again -> interrupted(again);
        };
    }

    private ProofMethod choose(List<ProofMethod> methods) {
        if (preferred.isPresent() && methods.contains(preferred.get())) {
            return preferred.get();
        }
        if (methods.size() == 1) {
            return methods.getFirst();
        }
        phone.show("How do you prove that the number is this phone's?");
        phone.show("  1: you get a code by SMS and type it");
        phone.show("  2: this phone sends an SMS");
        return phone.ask("1 or 2? (1) ").orElse("").strip().equals("2") ? ProofMethod.DEVICE_SMS : ProofMethod.SMS_CODE;
    }

    private Ending claim(ProofMethod method) throws InterruptedException {
        ClaimAnswer answer = Answers.await(phone.device().claim(phone.number(), method), "the claim");
        return switch (answer) {
            case ClaimAnswer.CodeExpected _ -> typeCodes();
            case ClaimAnswer.SmsToSend(var serviceNumber, var text, var expiresIn) ->
                sendSms(serviceNumber, text, expiresIn);
            case Refused refused -> say("The number was " + Words.of(refused) + ".", Ending.FAILED);
            case StartAgain again -> interrupted(again);
        };
    }

    private Ending typeCodes() throws InterruptedException {
        phone.show("A code is on its way to this phone by SMS.");
        while (true) {
            Optional<String> typed = phone.ask("Code? (empty: take it from the SMS; no: stop) ");
            if (typed.isEmpty() || typed.get().strip().toLowerCase(Locale.ROOT).startsWith("n")) {
                return say("Not activated: what was approved is erased after an hour at most.", Ending.DECLINED);
            }
            Optional<String> code = typed.get().isBlank()
                    ? fromInbox()
                    : Optional.of(typed.get().strip());
            if (code.isEmpty() || !CODE.matcher(code.get()).matches()) {
                phone.show(code.isEmpty() ? "No code came by SMS." : "A code has six digits.");
                continue;
            }
            ActivationAnswer answer = Answers.await(phone.device().answer(code.get()), "the code");
            if (answer instanceof Refused refused && refused.triesLeft() > 0) {
                phone.show("The code was " + Words.of(refused) + ".");
                continue;
            }
            return ended(answer);
        }
    }

    private Optional<String> fromInbox() {
        return phone.handset()
                .flatMap(
                        handset -> handset.await(any -> CODE.matcher(any.text()).find(), SMS_PATIENCE))
                .flatMap(any -> newest(phone.handset().orElseThrow()));
    }

    private static Optional<String> newest(Handset handset) {
        return handset.inbox().reversed().stream()
                .map(sms -> CODE.matcher(sms.text()))
                .filter(Matcher::find)
                .map(Matcher::group)
                .findFirst();
    }

    private Ending sendSms(String serviceNumber, String text, Duration expiresIn) throws InterruptedException {
        phone.show("This phone will send the SMS '" + SafeText.of(text) + "' to " + SafeText.of(serviceNumber)
                + ". Your carrier may charge for it.");
        if (!saysYes("Send it? (yes/no) ")) {
            return say("Not activated: what was approved is erased after an hour at most.", Ending.DECLINED);
        }
        if (phone.handset().isEmpty()) {
            return say("There is no carrier to send it with: start one, and name it with --carrier.", Ending.FAILED);
        }
        var activated = phone.device().activated();
        try {
            phone.handset().get().send(serviceNumber, text);
        } catch (SmsNotSentException e) {
            return say("The SMS was not sent: " + e.getMessage() + ".", Ending.FAILED);
        }
        return ended(Answers.await(activated, "the SMS", expiresIn));
    }

    private Ending ended(ActivationAnswer answer) throws InterruptedException {
        return switch (answer) {
            case ActivationAnswer.Activation _ -> Ending.ACTIVATED;
            case ActivationAnswer.PinExpected _ -> typePin();
            case ActivationAnswer.Unproven(var what) ->
                say(
                        "Not activated: the gateway's receipt proves nothing (" + what + "). Ask its operator.",
                        Ending.FAILED);
            case Refused refused -> say("Not activated: " + Words.of(refused) + ".", Ending.FAILED);
            case StartAgain again -> interrupted(again);
        };
    }

    private Ending typePin() throws InterruptedException {
        phone.show("This number has a registration PIN, set on another phone.");
        while (true) {
            Optional<String> typed = phone.ask("PIN? (empty: stop) ");
            if (typed.isEmpty() || typed.get().isBlank()) {
                return say(
                        "Not activated: the PIN protects the number for a week after its phone was last seen.",
                        Ending.DECLINED);
            }
            ActivationAnswer answer =
                    Answers.await(phone.device().pin(typed.get().strip()), "the PIN");
            if (answer instanceof Refused refused && refused.triesLeft() > 0) {
                phone.show("The PIN was " + Words.of(refused) + ".");
                continue;
            }
            return ended(answer);
        }
    }

    private Ending interrupted(StartAgain again) {
        return say("Not activated: " + Words.of(again.why()) + ". Start again.", Ending.FAILED);
    }

    private boolean saysYes(String question) {
        String said = phone.ask(question).orElse("no").strip().toLowerCase(Locale.ROOT);
        return said.equals("yes") || said.equals("y");
    }

    private Ending say(String what, Ending result) {
        phone.show(what);
        return result;
    }
}
