package assent.server.session;

import static assent.server.session.SessionMachine.otherwise;
import static assent.server.session.SessionMachine.refused;
import static assent.server.session.Transition.to;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.activation.Activations.Binding;
import assent.server.activation.Challenge;
import assent.server.activation.ChallengeBook.Fate;
import assent.server.activation.PinJudgement;
import assent.server.activation.PinSetting;
import assent.server.activation.UnclaimedConsent;
import assent.server.session.Effect.Reply;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Approved;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.PinAwaited;
import assent.server.session.SessionState.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The steps around a registration PIN: asked for after the number's proof, set by a device that is
/// live. Pure functions.
final class PinSteps {
    /// How long the proof stays good while the user looks for the PIN; the handshake timeout may end it
    /// before.
    static final Duration PROOF_LIFE = Duration.ofMinutes(5);

    private PinSteps() {}

    /// The store asks for the PIN instead of binding the number.
    static Transition required(UnclaimedConsent consent, Challenge passed, Binding.PinNeeded needed, Instant now) {
        return to(
                new PinAwaited(consent, passed, needed.pin(), now.plus(PROOF_LIFE)),
                new Effect.CloseChallenge(passed.id(), Fate.USED),
                new Reply(new GatewayFrame.PinRequired(PROOF_LIFE, needed.triesLeft())));
    }

    static Transition arrived(PinAwaited state, DeviceFrame frame, Instant now) {
        if (!(frame instanceof DeviceFrame.PinAnswer(var pin))) {
            return otherwise(state, frame);
        }
        return now.isBefore(state.expiresAt())
                ? to(
                        new Busy(state, Work.JUDGING_PIN),
                        new Effect.JudgePin(state.passed().number(), state.pin(), pin))
                : to(new Approved(state.consent()), refused(Reason.CODE_EXPIRED, Optional.empty(), 0));
    }

    static Transition judged(SessionState state, SessionEvent.PinJudged event, SessionRules rules) {
        if (!(state instanceof Busy(PinAwaited before, Work work)) || work != Work.JUDGING_PIN) {
            return to(state);
        }
        return switch (event.judgement()) {
            case PinJudgement.Right(var passed) ->
                ClaimSteps.bind(before, before.consent(), before.passed(), Optional.of(passed), rules);
            case PinJudgement.Refused(var reason, var retryAfter, var triesLeft) ->
                to(before, refused(reason, retryAfter, triesLeft));
        };
    }

    static Transition set(Active state, DeviceFrame.SetPin frame) {
        return to(
                new Busy(state, Work.SETTING_PIN),
                new Effect.SetPin(state.holder().deviceId(), frame.pin()));
    }

    static Transition stored(SessionState state, SessionEvent.PinStored event) {
        if (!(state instanceof Busy(Active before, Work work)) || work != Work.SETTING_PIN) {
            return to(state);
        }
        return switch (event.setting()) {
            case PinSetting.Set ignored -> to(before, new Reply(new GatewayFrame.PinSet()));
            case PinSetting.Refused(var reason, var retryAfter) -> to(before, refused(reason, retryAfter, 0));
        };
    }
}
