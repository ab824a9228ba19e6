package assent.server.session;

import static assent.server.session.States.NONCE;
import static assent.server.session.States.NOW;
import static assent.server.session.States.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.ChallengeId;
import assent.protocol.DeviceFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.server.activation.Activations;
import assent.server.activation.Challenge;
import assent.server.activation.ChallengePurpose;
import assent.server.activation.Judgement;
import assent.server.activation.Opening;
import assent.server.activation.PassedPin;
import assent.server.activation.PinJudgement;
import assent.server.activation.PinSetting;
import assent.server.consent.Receipts;
import assent.server.consent.Withdrawals;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.GoingLive;
import assent.server.session.SessionState.Greeted;
import assent.server.session.SessionState.WithdrawalClaimed;
import assent.server.session.SessionState.Work;
import assent.server.store.PinHash;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The user's approval is law: a number that is named to be switched off cannot be switched on by it.
class LostPhoneStepsTest {
    private static final Challenge CHALLENGE = new Challenge(
            new ChallengeId(7, 7),
            new ChallengePurpose.ToWithdraw(NONCE),
            NUMBER,
            ProofMethod.SMS_CODE,
            NONCE,
            NOW.plusSeconds(300));

    private final SessionMachine machine = new SessionMachine(States.rules(States.open()), NONCE);

    /// Everything that services and the network may say, whether it fits or not.
    private static List<SessionEvent> everyEvent() {
        var events = new ArrayList<SessionEvent>();
        States.everyFrame().forEach(frame -> events.add(new SessionEvent.Arrived(frame)));
        for (Challenge challenge : List.of(CHALLENGE, States.challenge())) {
            events.add(new SessionEvent.ChallengeOpened(new Opening.CodeSent(challenge, 3)));
            events.add(new SessionEvent.ChallengeOpened(new Opening.TextExpected(challenge, "7700", "text")));
            events.add(new SessionEvent.CodeJudged(new Judgement.Proved(challenge)));
            events.add(new SessionEvent.NumberProved(challenge.id()));
        }
        events.add(new SessionEvent.ChallengeOpened(
                new Opening.Refused(Reason.SMS_LIMIT, Optional.of(Duration.ofHours(1)))));
        events.add(new SessionEvent.CodeJudged(new Judgement.Refused(Reason.CODE_WRONG, Optional.empty(), 3)));
        events.add(new SessionEvent.ApprovalRecorded(new Activations.Recording.Recorded(States.consent())));
        events.add(new SessionEvent.NumberBound(new Activations.Binding.Bound(States.activation())));
        events.add(new SessionEvent.SignInJudged(new Activations.SigningIn.SignedIn(States.holder())));
        var pin = new PinHash(NONCE, 1_000, NONCE);
        events.add(new SessionEvent.NumberBound(new Activations.Binding.PinNeeded(pin, 10)));
        events.add(new SessionEvent.PinJudged(new PinJudgement.Right(new PassedPin(NONCE))));
        events.add(new SessionEvent.PinStored(new PinSetting.Set()));
        events.add(new SessionEvent.LiveConfirmed(Optional.of(true)));
        events.add(new SessionEvent.ActivationErased(
                NUMBER, new Withdrawals.Result.Erased(new Receipts.Countersigned(NONCE, NONCE))));
        for (Reason reason : List.of(Reason.NOTHING_HELD, Reason.STORE_UNAVAILABLE)) {
            events.add(new SessionEvent.ActivationErased(
                    NUMBER, new Withdrawals.Result.Refused(reason, Optional.empty())));
        }
        events.add(new SessionEvent.Ended(Reason.HANDSHAKE_TIMEOUT, Optional.empty()));
        events.add(new SessionEvent.Disconnected());
        return events;
    }

    /// Every state that any sequence of events leads to from `start`, with what was done on the way.
    private Set<SessionState> reachable(SessionState start, List<Effect> effects) {
        Set<SessionState> seen = new HashSet<>(Set.of(start));
        var next = new ArrayDeque<>(seen);
        while (!next.isEmpty()) {
            SessionState state = next.remove();
            for (SessionEvent event : everyEvent()) {
                Transition transition;
                try {
                    transition = machine.step(state, event, NOW);
                } catch (IllegalStateException e) {
                    continue; // what no service says in this state; the connection would end
                }
                effects.addAll(transition.effects());
                if (seen.add(transition.state())) {
                    next.add(transition.state());
                }
            }
        }
        return seen;
    }

    @Test
    void noSequenceAfterAClaimOfAWithdrawalEndsActive() {
        var effects = new ArrayList<Effect>();

        var states = reachable(new WithdrawalClaimed("en", CHALLENGE, NOW), effects);

        assertThat(states)
                .noneMatch(state -> state instanceof Active || state instanceof GoingLive || state.hasConsent());
        assertThat(states)
                .contains(
                        new Closed(Optional.of(Reason.WITHDRAWN)),
                        new Closed(Optional.of(Reason.NOTHING_HELD)),
                        new Busy(new WithdrawalClaimed("en", CHALLENGE, NOW), Work.ERASING));
        assertThat(effects)
                .noneMatch(effect -> effect instanceof Effect.BindNumber
                        || effect instanceof Effect.GoLive
                        || effect instanceof Effect.Announce
                        || effect instanceof Effect.RecordApproval);
    }

    /// The wrong side: the same search finds the way to Active that an approval opens.
    @Test
    void theSearchWouldFindAWayToActive() {
        assertThat(reachable(new SessionState.Challenged(States.consent(), States.challenge()), new ArrayList<>()))
                .anyMatch(Active.class::isInstance);
    }

    @Test
    void theNumberIsKnownToTheProofAndTheErasureAndToNothingElse() {
        Transition transition = machine.step(
                new Greeted("en"),
                new SessionEvent.Arrived(new DeviceFrame.WithdrawalClaim(NUMBER.e164(), ProofMethod.SMS_CODE)),
                NOW);

        assertThat(transition.effects())
                .containsExactly(new Effect.OpenWithdrawal(NONCE, NUMBER, ProofMethod.SMS_CODE, "en"));
        assertThat(transition.toString()).doesNotContain(NUMBER.e164().substring(1));
    }

    @Test
    void aMethodThatPolicyDoesNotHaveIsRefused() {
        Transition transition = machine.step(
                new Greeted("en"),
                new SessionEvent.Arrived(new DeviceFrame.WithdrawalClaim(NUMBER.e164(), ProofMethod.DEVICE_SMS)),
                NOW);

        assertThat(transition)
                .isEqualTo(Transition.to(
                        new Greeted("en"), SessionMachine.refused(Reason.METHOD_NOT_ALLOWED, Optional.empty(), 0)));
    }

    @Test
    void whoeverLeavesInTheMiddleOfTheErasureStillHasItDoneAndTheLostPhoneTold() {
        var over = machine.step(
                        new Busy(new WithdrawalClaimed("en", CHALLENGE, NOW), Work.ERASING),
                        new SessionEvent.Disconnected(),
                        NOW)
                .state();

        Transition transition = machine.step(
                over,
                new SessionEvent.ActivationErased(
                        NUMBER, new Withdrawals.Result.Erased(new Receipts.Countersigned(NONCE, NONCE))),
                NOW);

        assertThat(transition.effects()).contains(new Effect.LookAgain(NUMBER, Reason.WITHDRAWN));
    }
}
