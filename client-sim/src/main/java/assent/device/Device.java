package assent.device;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.Notice;
import io.netty.channel.EventLoop;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/// One phone's end of Assent.
///
/// ``` connect ─ notice ─ (the user reads, and says yes) ─ approve ─ claim ─ answer ─ send, receive
/// … ─ withdraw
/// ```
///
/// A device that is activated signs in by itself at every connection, comes back by itself when one
/// breaks (see [Backoff]), and sends again what has no result yet, under the same message id.
/// Nothing about the phone leaves it before [#approve], and its number not before [#claim].
///
/// Thread-safe; no method blocks. Every expected refusal is a value; a future fails with
/// [IllegalStateException] if a method is called out of its turn. Stages that hang on a returned
/// future run on the network's callback executor.
public final class Device {
    private final DeviceCore core;
    private final EventLoop loop;

    private Device(DeviceCore core, EventLoop loop) {
        this.core = core;
        this.loop = loop;
    }

    /// Opens a device on what its store remembers, and hands over messages that an earlier run was not
    /// done with. It does not connect yet.
    ///
    /// @param store belongs to this device until it is closed, which closes the store
    /// @param clock tells when the user approved and withdrew
    public static Device open(
            DeviceNetwork network, DeviceConfig config, DeviceStore store, DeviceListener listener, Clock clock) {
        EventLoop loop = network.nextEventLoop();
        var core = new DeviceCore(network, config, store, listener, clock, loop);
        loop.execute(core::start);
        return new Device(core, loop);
    }

    /// Connects, and signs in if the device is activated. The answer is that of the first attempt; an
    /// activated device tries on by itself.
    public CompletableFuture<ConnectAnswer> connect() {
        return ask(core.connector()::connect);
    }

    /// Ends the connection and stays away until [#connect].
    public void disconnect() {
        loop.execute(core.connector()::disconnect);
    }

    /// Asks for the notice, in the language of the configuration or the nearest that the operator has.
    ///
    /// @param countryCallingCode such as 91: which country's policy applies
    public CompletableFuture<NoticeAnswer> notice(int countryCallingCode) {
        return notice(countryCallingCode, Optional.empty());
    }

    /// As [#notice(int)], where activation is for those with an invitation.
    ///
    /// @param invitation its code as the user typed it
    public CompletableFuture<NoticeAnswer> notice(int countryCallingCode, Optional<String> invitation) {
        return step(again -> again, (steps, promise) -> steps.notice(countryCallingCode, invitation, promise));
    }

    /// The user's yes to a notice that was shown on this connection. A new key is made and signs it.
    public CompletableFuture<ApprovalAnswer> approve(Notice notice) {
        return step(again -> again, (steps, promise) -> steps.approve(notice, promise));
    }

    /// Names the phone's number; legal after an approval, and again to ask for another code.
    public CompletableFuture<ClaimAnswer> claim(PhoneNumber number, ProofMethod method) {
        return step(again -> again, (steps, promise) -> steps.claim(number, method, promise));
    }

    /// The code that the user typed. On [ActivationAnswer.Activation] the device is signed in.
    public CompletableFuture<ActivationAnswer> answer(String code) {
        return step(again -> again, (steps, promise) -> steps.answer(code, promise));
    }

    /// The registration PIN that the user typed, after [ActivationAnswer.PinExpected].
    public CompletableFuture<ActivationAnswer> pin(String pin) {
        return step(again -> again, (steps, promise) -> steps.pin(pin, promise));
    }

    /// Sets the number's registration PIN: from now on a proof by SMS alone activates the number on no
    /// other device. It is not kept on this one.
    ///
    /// @param pin 4 to 20 printable ASCII characters without spaces; empty: no PIN any more
    public CompletableFuture<PinSetAnswer> setPin(Optional<String> pin) {
        return ask(promise -> core.pins().ask(core.connector(), pin.orElse(""), promise));
    }

    /// How the challenge under way ends; for [ProofMethod#DEVICE_SMS], where no call of the app
    /// ends it. A device that is activated already answers with its activation.
    public CompletableFuture<ActivationAnswer> activated() {
        return ask(core::awaitActivation);
    }

    /// Sends a message. It is in the store before it is on its way, and goes out in order with
    /// others to the same number, now or when the device is next connected. At the limit of the
    /// outbox it is refused at once.
    ///
    /// With [DeliveryOption.CloudThenSms] the outcome is [SendOutcome.Delivered] or
    /// [SendOutcome.FallBack], whether or not the gateway can be reached; for the latter see
    /// [DeviceListener#onFallBack].
    public SentMessage send(PhoneNumber to, Body body, DeliveryOption delivery) {
        var handle = new SentMessage(MessageId.random(), new CompletableFuture<>());
        if (core.sending().tryTake()) {
            var message = new OutgoingMessage(handle.messageId(), to, body, delivery);
            loop.execute(() -> core.send(message, handle));
        } else {
            handle.outcome().complete(new SendOutcome.NoResult(SendOutcome.NoResultCause.OUTBOX_FULL));
        }
        return handle;
    }

    /// The user's choice, off at first: whether others hear that this user has read their texts, and
    /// this user whether they have read theirs. It belongs to the activation and is kept. Once the answer
    /// is there it is durable; switching off drops the marks that were not sent yet, and no mark that
    /// was asked for before is told any more. The answer is false, and nothing is changed, without an
    /// activation.
    public CompletableFuture<Boolean> allowReadMarks(boolean allowed) {
        return ask(promise -> core.allowReadMarks(allowed, promise));
    }

    /// The last choice of [#allowReadMarks].
    public CompletableFuture<Boolean> readMarksAllowed() {
        return ask(promise -> tell(promise, core.sending().readMarks().areAllowed()));
    }

    /// The user has read these texts: their senders are told if they want to hear it and this user
    /// allows it; otherwise nothing happens. One call for many texts is cheaper than many calls.
    ///
    /// Marks travel like texts, also if the device is away now, and wait for a sender that is away for
    /// 7 days. They are worth less than texts: while half of the outbox is taken they are dropped.
    public void read(List<ReceivedMessage> texts) {
        var given = List.copyOf(texts);
        loop.execute(() -> core.read(given));
    }

    /// Messages without a final result, oldest first, also those of an earlier run.
    public CompletableFuture<List<SentMessage>> outbox() {
        return ask(promise -> tell(promise, core.sending().waiting()));
    }

    /// Blocks a number: once the answer is [BlockOutcome.Done], nothing that it sends from then on is
    /// shown. Its user cannot tell. What it sent before may still arrive.
    public CompletableFuture<BlockOutcome> block(PhoneNumber number) {
        return ask(promise -> core.blocking().block(number, promise));
    }

    /// Takes a [#block] back. What was sent meanwhile does not come later.
    public CompletableFuture<BlockOutcome> unblock(PhoneNumber number) {
        return ask(promise -> core.blocking().unblock(number, promise));
    }

    /// The user's yes to the notice of [DeviceListener#onNewNotice]. Not to approve takes no call.
    public CompletableFuture<RenewalAnswer> renew(Notice notice) {
        return ask(promise -> core.renewal().approve(notice, promise));
    }

    /// The newer notice that the gateway asks about on this connection, and whether the device is
    /// suspended until it is approved; empty if nothing is asked.
    public CompletableFuture<Optional<NewNotice>> newNotice() {
        return ask(promise -> tell(promise, core.renewal().asked()));
    }

    /// The user's off switch. From now on nothing is sent or shown; see [WithdrawalAnswer].
    public CompletableFuture<WithdrawalAnswer> withdraw() {
        return ask(core.withdrawal()::ask);
    }

    /// How the device stands; a consent receipt is in [KeptActivation#papers], an erasure certificate
    /// in [KeptErasure].
    public CompletableFuture<Standing> standing() {
        return ask(promise -> tell(promise, core.standing()));
    }

    /// What proves the consent; empty without an activation.
    public CompletableFuture<Optional<ConsentPapers>> receipt() {
        return standing().thenApply(standing -> switch (standing) {
            case Standing.Activated(var activation) -> Optional.of(activation.papers());
            case Standing.WithdrawalPending(var activation, var _) -> Optional.of(activation.papers());
            case Standing.NotActivated(), Standing.Withdrawn _ -> Optional.empty();
        });
    }

    /// Everything that the gateway holds about this device, from the gateway itself. At most once a
    /// minute; at most 64 MiB.
    public CompletableFuture<ExportAnswer> export() {
        return ask(promise -> core.exporting().ask(core.connector(), promise));
    }

    /// Destroys everything that this device keeps, without asking the gateway: after
    /// [StopReason#SIGN_IN_REFUSED] or [StopReason#ACTIVATION_REPLACED], or to clear an old
    /// certificate. To switch off, use [#withdraw].
    public CompletableFuture<Void> forget() {
        return ask(core::forget);
    }

    /// Disconnects, waits until the app has finished with the messages that it was given, and closes
    /// the store. What has no result yet is sent when a device is next opened on it.
    public CompletableFuture<Void> close() {
        return ask(core::close);
    }

    private <T> CompletableFuture<T> ask(Consumer<CompletableFuture<T>> question) {
        var promise = new CompletableFuture<T>();
        loop.execute(() -> question.accept(promise));
        return promise;
    }

    private <T> void tell(CompletableFuture<T> promise, T answer) {
        core.device().callbacks().run(() -> promise.complete(answer));
    }

    private <T> CompletableFuture<T> step(
            Function<StartAgain, T> interrupted, BiConsumer<ActivationSteps, CompletableFuture<T>> call) {
        return ask(promise -> core.connector()
                .steps()
                .ifPresentOrElse(steps -> call.accept(steps, promise), () -> noSteps(promise, interrupted)));
    }

    private <T> void noSteps(CompletableFuture<T> promise, Function<StartAgain, T> interrupted) {
        switch (core.standing()) {
            case Standing.NotActivated(), Standing.Withdrawn _ ->
                tell(promise, interrupted.apply(new StartAgain(core.connector().lastEnd())));
            case Standing.Activated _, Standing.WithdrawalPending _ ->
                promise.completeExceptionally(new IllegalStateException(
                        "the device is activated: withdraw, or forget the activation, before activating anew"));
        }
    }
}
