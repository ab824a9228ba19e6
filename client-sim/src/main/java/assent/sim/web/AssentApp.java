package assent.sim.web;

import assent.device.ActivationAnswer;
import assent.device.ApprovalAnswer;
import assent.device.BlockOutcome;
import assent.device.ClaimAnswer;
import assent.device.ConnectAnswer;
import assent.device.Device;
import assent.device.DeviceListener;
import assent.device.Disconnection;
import assent.device.NewNotice;
import assent.device.NoticeAnswer;
import assent.device.OutgoingMessage;
import assent.device.PinSetAnswer;
import assent.device.ReceivedMessage;
import assent.device.Refused;
import assent.device.RenewalAnswer;
import assent.device.Standing;
import assent.device.StartAgain;
import assent.device.StopReason;
import assent.device.WithdrawalAnswer;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ErasureCertificate;
import assent.sim.phone.Answers;
import assent.sim.phone.Words;
import assent.sim.web.Face.Told;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The Assent app on a phone, from the wish to switch it on until it is off again. Its methods are the
/// buttons: they block, and the phone calls them one at a time. What the device tells comes on the
/// network's callback executor.
final class AssentApp implements DeviceListener {
    private static final String INTERRUPTED = "The connection ended before you were done. Start again.";

    private final WebPhone phone;
    private final Device device;

    AssentApp(WebPhone phone, Surroundings surroundings, String locale) {
        this.phone = phone;
        this.device = surroundings.device(locale, this);
    }

    Device device() {
        return device;
    }

    void open() throws InterruptedException {
        if (phone.face().airplane()) {
            off("No connection: airplane mode is on.");
            return;
        }
        if (!(Answers.await(device.connect(), "connecting") instanceof ConnectAnswer.Greeted)) {
            off("The gateway cannot be reached. Try again in a moment.");
            return;
        }
        ifRunning(() -> phone.change(face -> face.withOnline(true)));
        told(Told.HELLO);
        askForNotice();
    }

    /// The gateway's policy of now: the notice, or that activation is closed.
    void askForNotice() throws InterruptedException {
        NoticeAnswer notice = Answers.await(device.notice(phone.number().callingCode()), "the notice");
        told(Told.COUNTRY);
        switch (notice) {
            case NoticeAnswer.NoticeShown(var shown, var hash) ->
                show(new Screen.Consent(shown, hash.hex(), Optional.empty()));
            case NoticeAnswer.ActivationClosed(var reason, var retryAfter) ->
                show(new Screen.Closed(
                        Words.of(reason), retryAfter.map(Duration::toSeconds).orElse(0L)));
            case StartAgain _ -> off(INTERRUPTED);
        }
    }

    void approve(Screen.Consent shown) throws InterruptedException {
        if (shown.renewal().isPresent()) {
            renew(shown);
            return;
        }
        told(Told.APPROVAL);
        switch (Answers.await(device.approve(shown.notice()), "the approval")) {
            case ApprovalAnswer.Approved(var _, var methods, var _) -> show(new Screen.Claim(methods));
            case Refused refused -> problem("The approval was " + Words.of(refused) + ".");
            case StartAgain _ -> off(INTERRUPTED);
        }
    }

    private void renew(Screen.Consent shown) throws InterruptedException {
        switch (Answers.await(device.renew(shown.notice()), "the approval")) {
            case RenewalAnswer.Renewed _ -> {
                ifRunning(() -> phone.change(face -> face.withAsked("")));
                show(new Screen.Chat());
            }
            case RenewalAnswer.NotRenewed(var reason, var retryAfter) ->
                problem("The approval was refused: " + Words.of(reason) + Words.again(retryAfter) + ".");
            case RenewalAnswer.Unproven(var what) -> problem("The gateway's receipt proves nothing (" + what + ").");
            case RenewalAnswer.NoAnswer() -> problem("No answer; the approval is sent again with the connection.");
        }
    }

    /// The user does not approve.
    void decline() {
        if (phone.face().screen() instanceof Screen.Consent(var _, var _, var renewal) && renewal.isPresent()) {
            show(new Screen.Chat());
        } else {
            off("");
        }
    }

    void claim(PhoneNumber number, ProofMethod method) throws InterruptedException {
        told(Told.NUMBER);
        switch (Answers.await(device.claim(number, method), "the claim")) {
            case ClaimAnswer.CodeExpected(int triesLeft, var _) -> show(new Screen.Code(triesLeft));
            case ClaimAnswer.SmsToSend(var to, var text, var _) -> show(new Screen.Prove(to, text));
            case Refused refused -> problem("The number was " + Words.of(refused) + ".");
            case StartAgain _ -> off(INTERRUPTED);
        }
    }

    void answer(String code) throws InterruptedException {
        told(Told.PROOF);
        ended(Answers.await(device.answer(code), "the code"));
    }

    void prove() throws InterruptedException {
        if (!(phone.face().screen() instanceof Screen.Prove(var to, var text))) {
            return;
        }
        var activated = device.activated();
        Optional<String> notSent = phone.sms().send(to, text);
        if (notSent.isPresent()) {
            problem("The SMS was not sent: " + notSent.get() + ".");
            return;
        }
        told(Told.PROOF);
        ended(Answers.await(activated, "the SMS"));
    }

    void pin(String pin) throws InterruptedException {
        ended(Answers.await(device.pin(pin), "the PIN"));
    }

    private void ended(ActivationAnswer answer) {
        switch (answer) {
            case ActivationAnswer.Activation _ -> show(new Screen.Chat());
            case ActivationAnswer.PinExpected(int triesLeft, var _) -> show(new Screen.Pin(triesLeft));
            case ActivationAnswer.Unproven(var what) ->
                off("The gateway's receipt proves nothing (" + what + "). Ask its operator.");
            case Refused refused -> refused(refused);
            case StartAgain _ -> off(INTERRUPTED);
        }
    }

    private void refused(Refused refused) {
        if (refused.triesLeft() > 0) {
            Screen again = phone.face().screen() instanceof Screen.Pin
                    ? new Screen.Pin(refused.triesLeft())
                    : new Screen.Code(refused.triesLeft());
            show(again);
        }
        problem("Not activated: " + Words.of(refused) + ".");
    }

    /// Whether others hear that their texts were read here, and this user of theirs.
    void allowReadMarks(boolean allowed) throws InterruptedException {
        if (Answers.await(device.allowReadMarks(allowed), "the choice")) {
            chosen(choices -> choices.withReadMarks(allowed));
        }
    }

    /// Whoever gets the number's SMS cannot activate it elsewhere without the PIN.
    ///
    /// @param pin empty to clear it
    void setPin(String pin) throws InterruptedException {
        var answer =
                Answers.await(device.setPin(Optional.of(pin).filter(some -> !some.isEmpty())), "the registration PIN");
        switch (answer) {
            case PinSetAnswer.Set() -> chosen(choices -> choices.withPin(!pin.isEmpty()));
            case PinSetAnswer.NotSignedIn() -> problem("There is no connection: set the PIN when it is back.");
            case Refused refused -> problem("The PIN was " + Words.of(refused) + ".");
        }
    }

    void block(PhoneNumber number, boolean blocked) throws InterruptedException {
        var asked = blocked ? device.block(number) : device.unblock(number);
        switch (Answers.await(asked, "the block list")) {
            case BlockOutcome.Done() -> chosen(choices -> choices.withBlocked(number.e164(), blocked));
            case BlockOutcome.Refused(var reason, var retryAfter) ->
                problem("The block list was not changed: " + Words.of(reason) + Words.again(retryAfter) + ".");
            case BlockOutcome.Unanswered() -> problem("There is no connection: try again when it is back.");
        }
    }

    private void chosen(UnaryOperator<Face.Choices> choice) {
        ifRunning(() -> phone.change(face -> face.withChoices(choice.apply(face.choices()))));
    }

    /// Shows the newer notice that the user has put off.
    void review() throws InterruptedException {
        Answers.await(device.newNotice(), "the notice").ifPresent(this::onNewNotice);
    }

    void withdraw() throws InterruptedException {
        switch (Answers.await(device.withdraw(), "the withdrawal")) {
            case WithdrawalAnswer.Erased(var certificate) -> onWithdrawn(certificate);
            case WithdrawalAnswer.KeptPending() -> show(new Screen.Leaving());
            case WithdrawalAnswer.Unproven(var what) -> {
                show(new Screen.Leaving());
                problem("The gateway's certificate proves nothing (" + what + "); it will be asked again.");
            }
            case WithdrawalAnswer.NothingToWithdraw() -> off("");
        }
    }

    /// The phone has a data connection, or none.
    void network(boolean on) {
        if (on) {
            var ignored = device.connect().thenAccept(answer -> {
                if (answer instanceof ConnectAnswer.Greeted) {
                    ifRunning(() -> phone.change(face -> face.withOnline(true)));
                }
            });
        } else {
            device.disconnect();
        }
    }

    private void off(String problem) {
        ifRunning(() -> phone.switchedOff(problem));
    }

    private void told(Told told) {
        ifRunning(() -> phone.change(face -> face.withTold(told)));
    }

    private void show(Screen screen) {
        ifRunning(() -> phone.change(face -> face.withScreen(screen)));
    }

    private void problem(String what) {
        ifRunning(() -> phone.change(face -> face.withProblem(what)));
    }

    /// What an app that was switched off still hears is nobody's any more.
    private void ifRunning(Runnable change) {
        synchronized (phone) {
            if (phone.isRunning(this)) {
                change.run();
            }
        }
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        phone.chat().received(message);
    }

    @Override
    public void onReceipt(MessageId messageId) {
        phone.chat().delivered(messageId);
    }

    @Override
    public void onRead(MessageId messageId) {
        phone.chat().read(messageId);
    }

    @Override
    public void onFallBack(OutgoingMessage message) {
        phone.chat().fallBack(message);
    }

    @Override
    public void onSignedIn() {
        ifRunning(() -> phone.change(face -> face.withOnline(true)));
    }

    @Override
    public void onNewNotice(NewNotice question) {
        String deadline = question.deadline().toString();
        ifRunning(() -> phone.change(face -> face.withAsked(deadline)
                .withScreen(new Screen.Consent(
                        question.notice(),
                        question.hash().hex(),
                        Optional.of(new Screen.Renewal(deadline, question.suspended()))))));
    }

    @Override
    public void onDisconnected(Disconnection why) {
        ifRunning(() -> phone.change(face -> face.withOnline(false)));
    }

    @Override
    public void onStopped(StopReason reason) {
        if (reason != StopReason.WITHDRAWN) {
            show(new Screen.Stopped(Words.of(reason)));
            return;
        }
        // The certificate comes on another way; here is only whether there is one.
        var ignored = device.standing().thenAccept(standing -> {
            if (standing instanceof Standing.Withdrawn(var erasure)) {
                onWithdrawn(erasure.parseCertificate());
            } else {
                off("Assent is off and erased; the connection broke before the certificate came.");
            }
        });
    }

    @Override
    public void onWithdrawn(ErasureCertificate certificate) {
        ifRunning(() -> phone.change(
                face -> face.withOnline(false).withNothingTold().withScreen(Screen.Erased.of(certificate))));
    }
}
