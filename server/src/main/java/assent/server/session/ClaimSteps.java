package assent.server.session;

import static assent.server.session.SessionMachine.refused;
import static assent.server.session.Transition.to;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.server.activation.Activations.Binding;
import assent.server.activation.Activations.Recording;
import assent.server.activation.Challenge;
import assent.server.activation.ChallengeBook.Fate;
import assent.server.activation.ChallengePurpose;
import assent.server.activation.Judgement;
import assent.server.activation.Opening;
import assent.server.activation.PassedPin;
import assent.server.activation.UnclaimedConsent;
import assent.server.consent.Withdrawals;
import assent.server.session.Effect.Reply;
import assent.server.session.SessionState.Announcement;
import assent.server.session.SessionState.Approved;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Challenged;
import assent.server.session.SessionState.GoingLive;
import assent.server.session.SessionState.Noticed;
import assent.server.session.SessionState.WithdrawalClaimed;
import assent.server.session.SessionState.Work;
import assent.server.store.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps from a stored approval to a bound number. Pure functions.
final class ClaimSteps {
    private ClaimSteps() {}

    static Transition recorded(
            SessionState state, SessionEvent.ApprovalRecorded event, SessionRules rules, Instant now) {
        if (!(state instanceof Busy(Noticed noticed, Work work)) || work != Work.STORING_APPROVAL) {
            return new Transition(state, tooLate(event));
        }
        return switch (event.recording()) {
            case Recording.Recorded(var consent) ->
                to(
                        new Approved(consent),
                        new Reply(new GatewayFrame.ApprovalAccepted(
                                consent.id(),
                                rules.activation().methodsIn(consent.grant().countryCallingCode()),
                                Duration.between(now, consent.expiresAt()))));
            case Recording.Refused(var reason, var retryAfter) -> to(noticed, refused(reason, retryAfter, 0));
        };
    }

    /// A claim on a consent: the number is looked at here for the first time.
    static Transition claim(
            SessionState state, UnclaimedConsent consent, DeviceFrame.Claim claim, SessionRules rules, Instant now) {
        if (!claim.consentId().equals(consent.id())) {
            return to(state, refused(Reason.CONSENT_UNKNOWN, Optional.empty(), 0));
        }
        if (!now.isBefore(consent.expiresAt())) {
            return to(state, refused(Reason.CONSENT_EXPIRED, Optional.empty(), 0));
        }
        if (rules.noticeRule().isReplaced(consent.notice().version(), now)) {
            return to(state, refused(Reason.NOTICE_REPLACED, Optional.empty(), 0));
        }
        Optional<PhoneNumber> number = parse(claim.number());
        if (number.isEmpty()) {
            return to(state, refused(Reason.NUMBER_INVALID, Optional.empty(), 0));
        }
        int country = consent.grant().countryCallingCode();
        if (number.get().callingCode() != country) {
            return to(state, refused(Reason.COUNTRY_MISMATCH, Optional.empty(), 0));
        }
        var policy = rules.activation();
        Optional<Reason> closed = policy.closedIn(country, consent.invitation().isPresent());
        if (closed.isPresent()) {
            return to(state, refused(closed.get(), policy.retryAfter(), 0));
        }
        if (!policy.methodsIn(country).contains(claim.method())) {
            return to(state, refused(Reason.METHOD_NOT_ALLOWED, Optional.empty(), 0));
        }
        return to(
                new Busy(state, Work.OPENING_CHALLENGE),
                new Effect.OpenChallenge(consent, number.get(), claim.method()));
    }

    static Optional<PhoneNumber> parse(String number) {
        try {
            return Optional.of(PhoneNumber.parse(number));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static Transition opened(SessionState state, SessionEvent.ChallengeOpened event, Instant now) {
        if (!(state instanceof Busy(SessionState before, Work work)) || work != Work.OPENING_CHALLENGE) {
            return new Transition(state, tooLate(event));
        }
        if (before instanceof SessionState.Greeted(var locale)) {
            return LostPhoneSteps.opened(before, locale, event.opening(), now);
        }
        if (before instanceof WithdrawalClaimed claimed) {
            return LostPhoneSteps.opened(before, claimed.locale(), event.opening(), now);
        }
        return switch (event.opening()) {
            case Opening.CodeSent(var challenge, var triesLeft) ->
                challenged(
                        before,
                        challenge,
                        new GatewayFrame.CodeSent(
                                challenge.id(), Duration.between(now, challenge.expiresAt()), triesLeft));
            case Opening.TextExpected(var challenge, var serviceNumber, var text) ->
                challenged(
                        before,
                        challenge,
                        new GatewayFrame.SmsRequested(
                                challenge.id(), serviceNumber, text, Duration.between(now, challenge.expiresAt())));
            case Opening.Refused(var reason, var retryAfter) -> to(before, refused(reason, retryAfter, 0));
        };
    }

    private static Transition challenged(SessionState before, Challenge challenge, GatewayFrame reply) {
        var effects = new ArrayList<Effect>();
        if (before instanceof Challenged(var ignored, var replaced)) {
            effects.add(new Effect.CloseChallenge(replaced.id(), Fate.REPLACED));
        }
        effects.add(new Reply(reply));
        return new Transition(new Challenged(consentOf(before), challenge), effects);
    }

    private static UnclaimedConsent consentOf(SessionState state) {
        return switch (state) {
            case Approved(var consent) -> consent;
            case Challenged(var consent, var ignored) -> consent;
            case SessionState.Connected ignored -> throw noConsent(state);
            case SessionState.Greeted ignored -> throw noConsent(state);
            case Noticed ignored -> throw noConsent(state);
            case SessionState.PinAwaited awaited -> awaited.consent();
            case WithdrawalClaimed ignored -> throw noConsent(state);
            case GoingLive ignored -> throw noConsent(state);
            case SessionState.Active ignored -> throw noConsent(state);
            case Busy ignored -> throw noConsent(state);
            case SessionState.Closed ignored -> throw noConsent(state);
        };
    }

    private static IllegalStateException noConsent(SessionState state) {
        return new IllegalStateException("no claim can have been made in " + state.name());
    }

    static Transition answer(SessionState state, UnclaimedConsent consent, DeviceFrame.CodeAnswer answer) {
        return to(
                new Busy(state, Work.JUDGING_CODE),
                new Effect.JudgeCode(
                        new ChallengePurpose.ToActivate(consent.id()), answer.challengeId(), answer.code()));
    }

    static Transition judged(SessionState state, SessionEvent.CodeJudged event, SessionRules rules) {
        if (!(state instanceof Busy(SessionState before, Work work)) || work != Work.JUDGING_CODE) {
            return to(state);
        }
        if (before instanceof WithdrawalClaimed claimed) {
            return LostPhoneSteps.judged(claimed, event.judgement());
        }
        return switch (event.judgement()) {
            case Judgement.Proved(var challenge) -> bind(before, challenge, rules);
            case Judgement.Refused(var reason, var retryAfter, var triesLeft) ->
                to(before, refused(reason, retryAfter, triesLeft));
        };
    }

    /// The text may arrive at any moment; it counts if its challenge is still the one that is
    /// awaited. While a step is under way it has to wait, since the user may have paid for it.
    static Transition proved(SessionState state, SessionEvent.NumberProved event, SessionRules rules) {
        return switch (state) {
            case Busy(Challenged(var ignored, var awaited), var work) ->
                work != Work.BINDING_NUMBER && is(awaited, event) ? to(state, new Effect.Later(event)) : to(state);
            case Busy(WithdrawalClaimed claimed, var work) ->
                work != Work.ERASING && is(claimed.challenge(), event) ? to(state, new Effect.Later(event)) : to(state);
            case Challenged(var ignored, var awaited) when is(awaited, event) -> bind(state, awaited, rules);
            case WithdrawalClaimed claimed
            when is(claimed.challenge(), event) -> LostPhoneSteps.erase(claimed, claimed.challenge());
            default -> to(state);
        };
    }

    private static boolean is(Challenge awaited, SessionEvent.NumberProved event) {
        return awaited.id().equals(event.challengeId());
    }

    private static Transition bind(SessionState before, Challenge passed, SessionRules rules) {
        return bind(before, consentOf(before), passed, Optional.empty(), rules);
    }

    /// The last step before the number is bound: what was closed since the claim stays closed.
    static Transition bind(
            SessionState before,
            UnclaimedConsent consent,
            Challenge passed,
            Optional<PassedPin> pin,
            SessionRules rules) {
        var policy = rules.activation();
        Optional<Reason> closed = policy.closedIn(
                consent.grant().countryCallingCode(), consent.invitation().isPresent());
        return closed.isPresent()
                ? to(
                        new Approved(consent),
                        new Effect.CloseChallenge(passed.id(), Fate.USED),
                        refused(closed.get(), policy.retryAfter(), 0))
                : to(new Busy(before, Work.BINDING_NUMBER), new Effect.BindNumber(consent, passed, pin));
    }

    static Transition bound(SessionState state, SessionEvent.NumberBound event, Instant now) {
        if (!(state instanceof Busy(SessionState before, Work work)) || work != Work.BINDING_NUMBER) {
            return to(state);
        }
        return switch (event.binding()) {
            case Binding.Bound(var activation) -> {
                var effects = new ArrayList<Effect>();
                if (before instanceof Challenged(var ignored, var challenge)) {
                    effects.add(new Effect.CloseChallenge(challenge.id(), Fate.USED));
                }
                var holder = Holder.of(activation);
                effects.add(new Effect.GoLive(holder));
                var announcement = new Announcement.Activated(activation.receipt(), activation.receiptSignature());
                yield new Transition(new GoingLive(holder, announcement), effects);
            }
            case Binding.PinNeeded needed -> PinSteps.required(consentOf(before), passed(before), needed, now);
            case Binding.Refused(var reason, var retryAfter) -> to(before, refused(reason, retryAfter, 0));
        };
    }

    private static Challenge passed(SessionState before) {
        return switch (before) {
            case Challenged(var ignored, var challenge) -> challenge;
            case SessionState.PinAwaited awaited -> awaited.passed();
            default -> throw noConsent(before);
        };
    }

    /// What a step leaves behind that comes to its end after the connection has.
    static List<Effect> tooLate(SessionEvent event) {
        return switch (event) {
            case SessionEvent.ApprovalRecorded(Recording.Recorded(var consent)) ->
                List.of(new Effect.ForgetApproval(consent));
            case SessionEvent.ChallengeOpened(Opening.CodeSent(var challenge, var ignored)) ->
                List.of(new Effect.CloseChallenge(challenge.id(), Fate.ABANDONED));
            case SessionEvent.ChallengeOpened(Opening.TextExpected(var challenge, var ignored, var ignored2)) ->
                List.of(new Effect.CloseChallenge(challenge.id(), Fate.ABANDONED));
            case SessionEvent.NumberBound(Binding.Bound(var activation)) ->
                List.of(new Effect.LookAgain(activation.number(), Reason.ACTIVATION_REPLACED));
            case SessionEvent.ActivationErased(var number, Withdrawals.Result.Erased ignored) ->
                List.of(new Effect.LookAgain(number, Reason.WITHDRAWN));
            case SessionEvent.ApprovalRecorded ignored -> List.of();
            case SessionEvent.ChallengeOpened ignored -> List.of();
            case SessionEvent.StandingChanged ignored -> List.of();
            case SessionEvent.RenewalStored ignored -> List.of();
            case SessionEvent.Arrived ignored -> List.of();
            case SessionEvent.Violated ignored -> List.of();
            case SessionEvent.CodeJudged ignored -> List.of();
            case SessionEvent.NumberProved ignored -> List.of();
            case SessionEvent.NumberBound ignored -> List.of();
            case SessionEvent.PinJudged ignored -> List.of();
            case SessionEvent.PinStored ignored -> List.of();
            case SessionEvent.SignInJudged ignored -> List.of();
            case SessionEvent.LiveConfirmed ignored -> List.of();
            case SessionEvent.ActivationErased ignored -> List.of();
            case SessionEvent.Ended ignored -> List.of();
            case SessionEvent.Disconnected ignored -> List.of();
        };
    }
}
