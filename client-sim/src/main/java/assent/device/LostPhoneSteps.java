package assent.device;

import assent.protocol.ChallengeId;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// The withdrawal of a lost phone's number on one connection, from the device's side. A call that comes
/// while an answer is awaited, or before its step, fails with [IllegalStateException]: an app's mistake.
///
/// Confined to its device's event loop.
final class LostPhoneSteps {
    private final DeviceContext context;
    private final Connection connection;
    private final PublicKey signingKey;
    private final List<CompletableFuture<SwitchOffAnswer>> awaitingTheEnd = new ArrayList<>();
    private Stage stage = new Stage.Greeted();
    private Optional<SwitchOffAnswer> end = Optional.empty();

    /// How far it has come. Each owns what it needs; those with a promise await the gateway's answer.
    private sealed interface Stage {
        record Greeted() implements Stage {}

        record ClaimSent(Stage before, ProofMethod method, CompletableFuture<ClaimAnswer> promise) implements Stage {}

        record Claimed(ProofMethod method, ChallengeId challengeId) implements Stage {}

        record AnswerSent(Claimed claimed, CompletableFuture<SwitchOffAnswer> promise) implements Stage {}

        record Ended() implements Stage {}
    }

    /// @param signingKey the gateway's, as its Welcome gave it
    LostPhoneSteps(DeviceContext context, Connection connection, PublicKey signingKey) {
        this.context = context;
        this.connection = connection;
        this.signingKey = signingKey;
    }

    void claim(PhoneNumber number, ProofMethod method, CompletableFuture<ClaimAnswer> promise) {
        if (stage instanceof Stage.Greeted || stage instanceof Stage.Claimed) {
            stage = new Stage.ClaimSent(stage, method, promise);
            connection.ask(new DeviceFrame.WithdrawalClaim(number.e164(), method));
        } else {
            misused("claim", promise);
        }
    }

    void answer(String code, CompletableFuture<SwitchOffAnswer> promise) {
        if (stage instanceof Stage.Claimed claimed && claimed.method() == ProofMethod.SMS_CODE) {
            stage = new Stage.AnswerSent(claimed, promise);
            connection.ask(new DeviceFrame.CodeAnswer(claimed.challengeId(), code));
        } else {
            misused("answer", promise);
        }
    }

    void awaitEnd(CompletableFuture<SwitchOffAnswer> promise) {
        end.ifPresentOrElse(ended -> tell(promise, ended), () -> awaitingTheEnd.add(promise));
    }

    private void misused(String call, CompletableFuture<?> promise) {
        promise.completeExceptionally(new IllegalStateException(
                call + " does not fit the step " + stage.getClass().getSimpleName()
                        + ": call claim, then answer, each after the answer to the one before"));
    }

    /// @return whether the frame is legal here
    boolean onFrame(GatewayFrame frame) {
        return switch (stage) {
            case Stage.Greeted(), Stage.Ended() -> false;
            case Stage.ClaimSent sent -> onClaim(frame, sent);
            case Stage.Claimed claimed -> onProof(frame, claimed, Optional.empty());
            case Stage.AnswerSent(var claimed, var promise) -> onProof(frame, claimed, Optional.of(promise));
        };
    }

    private boolean onClaim(GatewayFrame frame, Stage.ClaimSent sent) {
        if (frame instanceof GatewayFrame.CodeSent(var id, var expiresIn, var triesLeft)
                && sent.method() == ProofMethod.SMS_CODE) {
            stage = new Stage.Claimed(sent.method(), id);
            tell(sent.promise(), new ClaimAnswer.CodeExpected(triesLeft, expiresIn));
            return true;
        }
        if (frame instanceof GatewayFrame.SmsRequested(var id, var serviceNumber, var text, var expiresIn)
                && sent.method() == ProofMethod.DEVICE_SMS) {
            stage = new Stage.Claimed(sent.method(), id);
            tell(sent.promise(), new ClaimAnswer.SmsToSend(serviceNumber, text, expiresIn));
            return true;
        }
        if (frame instanceof GatewayFrame.Refused refused) {
            stage = sent.before();
            tell(sent.promise(), Refused.of(refused));
            return true;
        }
        // An SMS that proved an earlier claim of this connection may cross a new claim on the way; the
        // goodbye that follows answers that claim.
        return sent.before() instanceof Stage.Claimed
                && frame instanceof GatewayFrame.Withdrawn withdrawn
                && onCertificate(withdrawn);
    }

    private boolean onProof(
            GatewayFrame frame, Stage.Claimed claimed, Optional<CompletableFuture<SwitchOffAnswer>> asked) {
        if (frame instanceof GatewayFrame.Refused refused) {
            stage = claimed;
            asked.ifPresentOrElse(
                    promise -> tell(promise, Refused.of(refused)), () -> tellWaiting(Refused.of(refused)));
            return true;
        }
        if (frame instanceof GatewayFrame.Withdrawn withdrawn) {
            asked.ifPresent(awaitingTheEnd::add);
            stage = claimed;
            return onCertificate(withdrawn);
        }
        return false;
    }

    private boolean onCertificate(GatewayFrame.Withdrawn withdrawn) {
        var fault = Evidence.faultOf(withdrawn, signingKey);
        ended(fault.<SwitchOffAnswer>map(SwitchOffAnswer.Unproven::new)
                .orElseGet(() -> new SwitchOffAnswer.Erased(
                        new KeptErasure(withdrawn.certificate(), withdrawn.certificateSignature(), signingKey))));
        return fault.isEmpty();
    }

    /// The connection is gone: its last word may have been the answer.
    void interrupted(Disconnection why) {
        var startAgain = new StartAgain(why);
        if (stage instanceof Stage.ClaimSent sent) {
            tell(sent.promise(), startAgain);
        }
        if (stage instanceof Stage.AnswerSent sent) {
            awaitingTheEnd.add(sent.promise());
        }
        boolean nothingHeld =
                why instanceof Disconnection.Goodbye(var reason, var ignored) && reason == Reason.NOTHING_HELD;
        ended(nothingHeld ? new SwitchOffAnswer.NothingHeld() : startAgain);
    }

    private void ended(SwitchOffAnswer answer) {
        if (end.isEmpty()) {
            end = Optional.of(answer);
        }
        if (!(stage instanceof Stage.ClaimSent)) {
            stage = new Stage.Ended();
        }
        tellWaiting(end.get());
    }

    private void tellWaiting(SwitchOffAnswer answer) {
        var waiting = List.copyOf(awaitingTheEnd);
        awaitingTheEnd.clear();
        waiting.forEach(promise -> tell(promise, answer));
    }

    private <T> void tell(CompletableFuture<? super T> promise, T answer) {
        context.callbacks().run(() -> promise.complete(answer));
    }
}
