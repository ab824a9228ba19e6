package assent.device;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.MalformedDocument;
import assent.protocol.consent.Notice;
import assent.protocol.consent.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// The activation handshake of one connection, from the device's side: the app's calls and the
/// gateway's answers move it
/// from [Step] to [Step]. A call that comes while an answer is awaited, or before its step, fails with
/// [IllegalStateException]: an app's mistake.
///
/// Keys are made and signatures given on the event loop: one or two milliseconds of work in the life
/// of an activation.
///
/// Confined to its device's event loop.
final class ActivationSteps {
    private final DeviceContext context;
    private final Connection connection;
    private final Bytes serverNonce;
    private final PublicKey signingKey;
    private Step step = new Step.Greeted();
    private CompletableFuture<ActivationAnswer> activated = new CompletableFuture<>();

    /// @param signingKey the gateway's, as its Welcome gave it
    ActivationSteps(DeviceContext context, Connection connection, Bytes serverNonce, PublicKey signingKey) {
        this.context = context;
        this.connection = connection;
        this.serverNonce = serverNonce;
        this.signingKey = signingKey;
    }

    /// Completed with the end of this handshake, or of the challenge under way.
    CompletableFuture<ActivationAnswer> activated() {
        return activated;
    }

    void notice(int countryCallingCode, Optional<String> invitation, CompletableFuture<NoticeAnswer> promise) {
        if (step.allowsNotice()) {
            step = new Step.NoticeAsked(countryCallingCode, promise);
            connection.ask(new DeviceFrame.NoticeRequest(context.config().locale(), countryCallingCode, invitation));
        } else {
            misused("notice", promise);
        }
    }

    void approve(Notice notice, CompletableFuture<ApprovalAnswer> promise) {
        if (step instanceof Step.Noticed noticed && noticed.notice().equals(notice)) {
            var approval = Step.Approval.sign(
                    notice,
                    noticed.countryCallingCode(),
                    serverNonce,
                    context.clock().instant());
            step = new Step.ApprovalSent(approval, noticed, promise);
            connection.ask(new DeviceFrame.Approval(approval.grant().canonical(), approval.signature()));
        } else {
            misused("approve", promise);
        }
    }

    void claim(PhoneNumber number, ProofMethod method, CompletableFuture<ClaimAnswer> promise) {
        Optional<Step.Approved> approved = step.claimable();
        if (approved.isEmpty()) {
            misused("claim", promise);
            return;
        }
        step = new Step.ClaimSent(approved.get(), step, new Step.Claim(number, method), promise);
        connection.ask(new DeviceFrame.Claim(approved.get().consentId(), number.e164(), method));
    }

    void answer(String code, CompletableFuture<ActivationAnswer> promise) {
        if (step instanceof Step.Challenged challenged && challenged.claim().method() == ProofMethod.SMS_CODE) {
            step = new Step.AnswerSent(challenged, promise);
            connection.ask(new DeviceFrame.CodeAnswer(challenged.challengeId(), code));
        } else {
            misused("answer", promise);
        }
    }

    void pin(String pin, CompletableFuture<ActivationAnswer> promise) {
        if (step instanceof Step.PinAwaited(var challenged)) {
            step = new Step.PinSent(challenged, promise);
            connection.ask(new DeviceFrame.PinAnswer(pin));
        } else {
            misused("pin", promise);
        }
    }

    private void misused(String call, CompletableFuture<?> promise) {
        promise.completeExceptionally(step.misused(call));
    }

    /// @return whether the frame is legal here
    boolean onFrame(GatewayFrame frame) {
        return switch (step) {
            case Step.NoticeAsked asked -> onNotice(frame, asked);
            case Step.ApprovalSent sent -> onApproval(frame, sent);
            case Step.ClaimSent sent -> onClaim(frame, sent);
            case Step.AnswerSent sent -> onProof(frame, sent.challenged(), Optional.of(sent.promise()));
            case Step.Challenged challenged -> onProof(frame, challenged, Optional.empty());
            case Step.PinSent(var challenged, var promise) -> onPin(frame, challenged, promise);
            case Step.Greeted(), Step.Noticed _, Step.Approved _, Step.PinAwaited _ -> false;
        };
    }

    private boolean onNotice(GatewayFrame frame, Step.NoticeAsked asked) {
        if (frame instanceof GatewayFrame.NoticeText(var canonical)) {
            try {
                Notice notice = Notice.parse(canonical);
                step = new Step.Noticed(notice, asked.countryCallingCode());
                tell(asked.promise(), new NoticeAnswer.NoticeShown(notice, notice.hash()));
                return true;
            } catch (MalformedDocument e) {
                return false;
            }
        }
        if (frame instanceof GatewayFrame.ActivationClosed(var reason, var retryAfter)) {
            step = new Step.Greeted();
            tell(asked.promise(), new NoticeAnswer.ActivationClosed(reason, retryAfter));
            return true;
        }
        return false;
    }

    private boolean onApproval(GatewayFrame frame, Step.ApprovalSent sent) {
        if (frame instanceof GatewayFrame.ApprovalAccepted(var consentId, var methods, var expiresIn)) {
            step = new Step.Approved(sent.approval(), consentId);
            tell(sent.promise(), new ApprovalAnswer.Approved(consentId, methods, expiresIn));
            return true;
        }
        if (frame instanceof GatewayFrame.Refused refused) {
            step = sent.before();
            tell(sent.promise(), Refused.of(refused));
            return true;
        }
        return false;
    }

    private boolean onClaim(GatewayFrame frame, Step.ClaimSent sent) {
        if (frame instanceof GatewayFrame.CodeSent(var challengeId, var expiresIn, var triesLeft)
                && sent.claim().method() == ProofMethod.SMS_CODE) {
            return challenged(sent, challengeId, new ClaimAnswer.CodeExpected(triesLeft, expiresIn));
        }
        if (frame instanceof GatewayFrame.SmsRequested(var challengeId, var serviceNumber, var text, var expiresIn)
                && sent.claim().method() == ProofMethod.DEVICE_SMS) {
            return challenged(sent, challengeId, new ClaimAnswer.SmsToSend(serviceNumber, text, expiresIn));
        }
        if (frame instanceof GatewayFrame.Refused refused) {
            step = sent.before();
            tell(sent.promise(), Refused.of(refused));
            return true;
        }
        // An SMS that proved an earlier claim of this connection may cross a new claim on the way.
        return sent.before() instanceof Step.Challenged earlier
                && (frame instanceof GatewayFrame.Activated || frame instanceof GatewayFrame.PinRequired)
                && onProof(frame, earlier, Optional.empty());
    }

    private boolean challenged(Step.ClaimSent sent, ChallengeId challengeId, ClaimAnswer answer) {
        step = new Step.Challenged(sent.approved(), sent.claim(), challengeId);
        tell(sent.promise(), answer);
        return true;
    }

    /// @param asked who gave the code; empty where the gateway speaks because the device's SMS came,
    ///     or did not
    private boolean onProof(
            GatewayFrame frame, Step.Challenged challenged, Optional<CompletableFuture<ActivationAnswer>> asked) {
        if (frame instanceof GatewayFrame.Refused refused) {
            step = challenged;
            tell(asked.orElse(activated), Refused.of(refused));
            activated = asked.isEmpty() ? new CompletableFuture<>() : activated;
            return true;
        }
        if (frame instanceof GatewayFrame.PinRequired(var expiresIn, var triesLeft)) {
            step = new Step.PinAwaited(challenged);
            tell(asked.orElse(activated), new ActivationAnswer.PinExpected(triesLeft, expiresIn));
            activated = asked.isEmpty() ? new CompletableFuture<>() : activated;
            return true;
        }
        if (frame instanceof GatewayFrame.Activated answer) {
            var promises = Stream.concat(asked.stream(), Stream.of(activated)).toList();
            var fault = Evidence.faultOf(answer, challenged, signingKey);
            if (fault.isPresent()) {
                promises.forEach(promise -> tell(promise, new ActivationAnswer.Unproven(fault.get())));
                return false;
            }
            connection.conversation().activated(KeptActivation.of(answer, challenged, signingKey), promises);
            return true;
        }
        return false;
    }

    private boolean onPin(GatewayFrame frame, Step.Challenged challenged, CompletableFuture<ActivationAnswer> promise) {
        if (frame instanceof GatewayFrame.Refused refused) {
            // The proof is too old: only another claim helps.
            step = refused.reason() == Reason.CODE_EXPIRED ? challenged.approved() : new Step.PinAwaited(challenged);
            tell(promise, Refused.of(refused));
            return true;
        }
        return onProof(frame, challenged, Optional.of(promise));
    }

    /// The connection is gone, and whoever waits learns that the user must start again.
    void interrupted(Disconnection why) {
        var startAgain = new StartAgain(why);
        var last = step;
        context.callbacks().run(() -> last.interrupted(startAgain));
        tell(activated, startAgain);
    }

    private <T> void tell(CompletableFuture<? super T> promise, T answer) {
        context.callbacks().run(() -> promise.complete(answer));
    }
}
