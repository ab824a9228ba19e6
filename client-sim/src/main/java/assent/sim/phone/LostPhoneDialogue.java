package assent.sim.phone;

import assent.device.ClaimAnswer;
import assent.device.ConnectAnswer;
import assent.device.LostPhone;
import assent.device.Refused;
import assent.device.StartAgain;
import assent.device.SwitchOffAnswer;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.sim.carrier.Handset;
import assent.sim.carrier.SmsNotSentException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// The dialogue in which a user switches Assent off for a number whose phone is lost. Confined to the
/// thread that asks the user.
final class LostPhoneDialogue {
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    private final LostPhone lost;
    private final PhoneNumber number;
    private final Optional<Handset> handset;
    private final Screen screen;

    /// @param handset where the number's SMS come and go now; empty if there is no carrier
    LostPhoneDialogue(LostPhone lost, PhoneNumber number, Optional<Handset> handset, Screen screen) {
        this.lost = lost;
        this.number = number;
        this.handset = handset;
        this.screen = screen;
        handset.ifPresent(phone -> phone.listen(
                sms -> screen.show("SMS from " + SafeText.of(sms.from()) + ": " + SafeText.of(sms.text()))));
    }

    /// Blocks.
    ///
    /// @return whether it is certain that nothing is left
    boolean run() throws InterruptedException {
        screen.show("This switches Assent off for " + number.e164() + " on whichever phone it is,");
        screen.show("and erases what the gateway has of it. You need the number's SMS on this phone.");
        if (!saysYes("Switch it off? (yes/no) ")) {
            return say("Nothing was sent.", false);
        }
        return switch (Answers.await(lost.connect(), "connecting")) {
            case ConnectAnswer.Greeted() -> claim(choose());
            case ConnectAnswer.SignedIn() -> throw new IllegalStateException("nothing is activated here");
            case ConnectAnswer.NotConnected(var why, var _) -> say("Not connected: " + Words.of(why) + ".", false);
            case ConnectAnswer.Stopped(var reason) -> say("Not connected: " + Words.of(reason) + ".", false);
        };
    }

    private ProofMethod choose() {
        screen.show("How do you prove that you get this number's SMS?");
        screen.show("  1: you get a code by SMS and type it (it comes only if Assent is on)");
        screen.show("  2: this phone sends an SMS");
        return screen.ask("1 or 2? (1) ").orElse("").strip().equals("2")
                ? ProofMethod.DEVICE_SMS
                : ProofMethod.SMS_CODE;
    }

    private boolean claim(ProofMethod method) throws InterruptedException {
        ClaimAnswer answer = Answers.await(lost.claim(number, method), "the claim");
        return switch (answer) {
            case ClaimAnswer.CodeExpected _ -> typeCodes();
            case ClaimAnswer.SmsToSend(var serviceNumber, var text, var expiresIn) ->
                sendSms(serviceNumber, text, expiresIn);
            case Refused refused -> say("The number was " + Words.of(refused) + ".", false);
            case StartAgain again -> interrupted(again);
        };
    }

    private boolean typeCodes() throws InterruptedException {
        screen.show("If Assent is on for this number, a code is on its way by SMS.");
        while (true) {
            String typed = screen.ask("Code? (no: stop) ").orElse("no").strip();
            if (typed.toLowerCase(Locale.ROOT).startsWith("n")) {
                return say("Not switched off. If no SMS came, choose 2 next time to be certain.", false);
            }
            if (!CODE.matcher(typed).matches()) {
                screen.show("A code has six digits.");
                continue;
            }
            SwitchOffAnswer answer = Answers.await(lost.answer(typed), "the code");
            if (answer instanceof Refused refused && refused.triesLeft() > 0) {
                screen.show("The code was " + Words.of(refused) + ".");
                continue;
            }
            return ended(answer);
        }
    }

    private boolean sendSms(String serviceNumber, String text, Duration expiresIn) throws InterruptedException {
        screen.show("This phone will send the SMS '" + SafeText.of(text) + "' to " + SafeText.of(serviceNumber)
                + ". Your carrier may charge for it.");
        if (!saysYes("Send it? (yes/no) ")) {
            return say("Not switched off.", false);
        }
        if (handset.isEmpty()) {
            return say("There is no carrier to send it with: start one, and name it with --carrier.", false);
        }
        var switchedOff = lost.switchedOff();
        try {
            handset.get().send(serviceNumber, text);
        } catch (SmsNotSentException e) {
            return say("The SMS was not sent: " + e.getMessage() + ".", false);
        }
        return ended(Answers.await(switchedOff, "the SMS", expiresIn));
    }

    private boolean ended(SwitchOffAnswer answer) {
        return switch (answer) {
            case SwitchOffAnswer.Erased(var erasure) -> {
                Pages.certificate(erasure.parseCertificate(), screen.width()).forEach(screen::show);
                yield say("Assent is off for this number.", true);
            }
            case SwitchOffAnswer.NothingHeld() -> say("Assent is off for this number: nothing is held of it.", true);
            case SwitchOffAnswer.Unproven(var what) ->
                say("The gateway's certificate proves nothing (" + what + "). Ask its operator.", false);
            case Refused refused -> say("Not switched off: " + Words.of(refused) + ".", false);
            case StartAgain again -> interrupted(again);
        };
    }

    private boolean interrupted(StartAgain again) {
        return say("Not switched off: " + Words.of(again.why()) + ". Start again.", false);
    }

    private boolean saysYes(String question) {
        String said = screen.ask(question).orElse("no").strip().toLowerCase(Locale.ROOT);
        return said.equals("yes") || said.equals("y");
    }

    private boolean say(String what, boolean result) {
        screen.show(what);
        return result;
    }
}
