package assent.device;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/// How far the user has come on this connection. Each step owns what it needs; those with a promise
/// await the gateway's answer. Immutable.
sealed interface Step {
    record Greeted() implements Step {}

    record NoticeAsked(int countryCallingCode, CompletableFuture<NoticeAnswer> promise) implements Step {}

    record Noticed(Notice notice, int countryCallingCode) implements Step {}

    record ApprovalSent(Approval approval, Noticed before, CompletableFuture<ApprovalAnswer> promise) implements Step {}

    record Approved(Approval approval, ConsentId consentId) implements Step {}

    /// @param before where a refusal leads back to: [Approved] or [Challenged]
    record ClaimSent(Approved approved, Step before, Claim claim, CompletableFuture<ClaimAnswer> promise)
            implements Step {}

    record Challenged(Approved approved, Claim claim, ChallengeId challengeId) implements Step {}

    /// The number is proved, the PIN awaited.
    record PinAwaited(Challenged challenged) implements Step {}

    record PinSent(Challenged challenged, CompletableFuture<ActivationAnswer> promise) implements Step {}

    record AnswerSent(Challenged challenged, CompletableFuture<ActivationAnswer> promise) implements Step {}

    /// What the user signed.
    record Approval(Notice notice, ConsentGrant grant, Bytes signature, KeyPair key) {
        /// Makes a new key and signs with it.
        static Approval sign(Notice notice, int countryCallingCode, Bytes serverNonce, Instant now) {
            var key = KeyPair.generate();
            var grant = new ConsentGrant(
                    notice.hash(),
                    List.copyOf(notice.purposes().keySet()),
                    notice.locale(),
                    countryCallingCode,
                    key.publicKey(),
                    serverNonce,
                    now);
            return new Approval(notice, grant, key.sign(grant.canonical()), key);
        }
    }

    /// Printing hides the number, which is what it is made for: [PhoneNumber] does.
    record Claim(PhoneNumber number, ProofMethod method) {}

    /// Whether a notice may be asked for; an approval before is void then.
    default boolean allowsNotice() {
        return switch (this) {
            case Greeted(), Noticed _, Approved _ -> true;
            case NoticeAsked _, ApprovalSent _, ClaimSent _, Challenged _, PinAwaited _, PinSent _, AnswerSent _ ->
                false;
        };
    }

    /// The consent that may be claimed now; empty if none may.
    default Optional<Approved> claimable() {
        return switch (this) {
            case Approved approved -> Optional.of(approved);
            case Challenged challenged -> Optional.of(challenged.approved());
            case Greeted(),
                    NoticeAsked _,
                    Noticed _,
                    ApprovalSent _,
                    ClaimSent _,
                    PinAwaited _,
                    PinSent _,
                    AnswerSent _ -> Optional.empty();
        };
    }

    /// Tells whoever awaits an answer that none will come.
    default void interrupted(StartAgain startAgain) {
        switch (this) {
            case NoticeAsked asked -> asked.promise().complete(startAgain);
            case ApprovalSent sent -> sent.promise().complete(startAgain);
            case ClaimSent sent -> sent.promise().complete(startAgain);
            case AnswerSent sent -> sent.promise().complete(startAgain);
            case PinSent sent -> sent.promise().complete(startAgain);
            case Greeted(), Noticed _, Approved _, Challenged _, PinAwaited _ -> {}
        }
    }

    /// The app called what does not fit here.
    default IllegalStateException misused(String call) {
        return new IllegalStateException(
                call + " does not fit the step " + getClass().getSimpleName()
                        + ": call notice, approve, claim, answer in this order, each after the answer to the one before");
    }
}
