package assent.server.session;

import static assent.server.session.SessionMachine.close;
import static assent.server.session.SessionMachine.otherwise;
import static assent.server.session.SessionMachine.refused;
import static assent.server.session.Transition.to;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.activation.Challenge;
import assent.server.activation.ChallengeBook.Fate;
import assent.server.activation.ChallengePurpose;
import assent.server.activation.Judgement;
import assent.server.activation.Opening;
import assent.server.consent.Withdrawals;
import assent.server.session.Effect.Close;
import assent.server.session.Effect.Reply;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.WithdrawalClaimed;
import assent.server.session.SessionState.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;

/// The steps of a device that switches off a number whose phone is lost: claim, proof, erasure.
/// They lead to an erasure or to the connection's end, and nowhere else: without an approval
/// nothing here can activate. Pure functions.
///
/// Policy decides which proof methods there are, and nothing more: a paused gateway, or one that is
/// closed in a country, still lets everybody go.
final class LostPhoneSteps {
    private LostPhoneSteps() {}

    /// @param locale of the SMS
    static Transition claim(
            SessionState state, DeviceFrame.WithdrawalClaim claim, String locale, SessionRules rules, Bytes nonce) {
        Optional<PhoneNumber> number = ClaimSteps.parse(claim.number());
        if (number.isEmpty()) {
            return to(state, refused(Reason.NUMBER_INVALID, Optional.empty(), 0));
        }
        if (!rules.activation().methodsIn(number.get().callingCode()).contains(claim.method())) {
            return to(state, refused(Reason.METHOD_NOT_ALLOWED, Optional.empty(), 0));
        }
        return to(
                new Busy(state, Work.OPENING_CHALLENGE),
                new Effect.OpenWithdrawal(nonce, number.get(), claim.method(), locale));
    }

    static Transition opened(SessionState before, String locale, Opening opening, Instant now) {
        return switch (opening) {
            case Opening.CodeSent(var challenge, var triesLeft) ->
                claimed(
                        before,
                        new WithdrawalClaimed(locale, challenge, now),
                        new GatewayFrame.CodeSent(
                                challenge.id(), Duration.between(now, challenge.expiresAt()), triesLeft));
            case Opening.TextExpected(var challenge, var serviceNumber, var text) ->
                claimed(
                        before,
                        new WithdrawalClaimed(locale, challenge, now),
                        new GatewayFrame.SmsRequested(
                                challenge.id(), serviceNumber, text, Duration.between(now, challenge.expiresAt())));
            case Opening.Refused(var reason, var retryAfter) -> to(before, refused(reason, retryAfter, 0));
        };
    }

    private static Transition claimed(SessionState before, WithdrawalClaimed state, GatewayFrame reply) {
        var effects = new ArrayList<Effect>();
        if (before instanceof WithdrawalClaimed earlier) {
            effects.add(new Effect.CloseChallenge(earlier.challenge().id(), Fate.REPLACED));
        }
        effects.add(new Reply(reply));
        return new Transition(state, effects);
    }

    static Transition arrived(WithdrawalClaimed state, DeviceFrame frame, SessionRules rules, Bytes nonce) {
        return switch (frame) {
            case DeviceFrame.WithdrawalClaim claim -> claim(state, claim, state.locale(), rules, nonce);
            case DeviceFrame.CodeAnswer(var challengeId, var code) ->
                to(
                        new Busy(state, Work.JUDGING_CODE),
                        new Effect.JudgeCode(new ChallengePurpose.ToWithdraw(nonce), challengeId, code));
            default -> otherwise(state, frame);
        };
    }

    static Transition judged(WithdrawalClaimed before, Judgement judgement) {
        return switch (judgement) {
            case Judgement.Proved(var challenge) -> erase(before, challenge);
            case Judgement.Refused(var reason, var retryAfter, var triesLeft) ->
                to(before, refused(reason, retryAfter, triesLeft));
        };
    }

    /// @param passed the state's own, or one before it that was not replaced yet when it was judged
    static Transition erase(WithdrawalClaimed state, Challenge passed) {
        return to(new Busy(state, Work.ERASING), new Effect.EraseNumber(passed.number(), state.claimedAt()));
    }

    static Transition erased(WithdrawalClaimed before, SessionEvent.ActivationErased event) {
        return switch (event.result()) {
            case Withdrawals.Result.Erased(var certificate) ->
                to(
                        new Closed(Optional.of(Reason.WITHDRAWN)),
                        new Effect.CloseChallenge(before.challenge().id(), Fate.USED),
                        new Effect.LookAgain(event.number(), Reason.WITHDRAWN),
                        new Reply(new GatewayFrame.Withdrawn(certificate.canonical(), certificate.signature())),
                        new Close(Reason.WITHDRAWN, Optional.empty()));
            case Withdrawals.Result.Refused(var reason, var ignored)
            when reason == Reason.NOTHING_HELD -> close(before, reason);
            case Withdrawals.Result.Refused(var reason, var retryAfter) -> to(before, refused(reason, retryAfter, 0));
        };
    }
}
