package assent.server.session;

import static assent.server.session.Transition.to;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.consent.Notice;
import assent.server.activation.ApprovalCheck;
import assent.server.activation.ChallengeBook.Fate;
import assent.server.activation.Invitation;
import assent.server.policy.ActivationPolicy;
import assent.server.session.Effect.Close;
import assent.server.session.Effect.Reply;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Approved;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Challenged;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.Connected;
import assent.server.session.SessionState.GoingLive;
import assent.server.session.SessionState.Greeted;
import assent.server.session.SessionState.Noticed;
import assent.server.session.SessionState.PinAwaited;
import assent.server.session.SessionState.WithdrawalClaimed;
import assent.server.session.SessionState.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The conversation: what follows from every event in every state. [#step] is a pure function of its
/// arguments and the rules; the one thing it takes from chance, the server nonce, is given to the
/// constructor.
///
/// The steps up to the claim are here, those after it in [ClaimSteps] and [ActiveSteps], and those of a
/// lost phone in [LostPhoneSteps]. A frame that no
/// state expects ends the connection; `docs/protocol.md` has the same table for people.
final class SessionMachine {
    private final SessionRules rules;
    private final Bytes nonce;
    private final RenewalSteps renewals;

    /// @param nonce this connection's server nonce
    SessionMachine(SessionRules rules, Bytes nonce) {
        this.rules = rules;
        this.nonce = nonce;
        this.renewals = new RenewalSteps(rules, nonce);
    }

    Transition step(SessionState state, SessionEvent event, Instant now) {
        if (state instanceof Closed) {
            return new Transition(state, ClaimSteps.tooLate(event));
        }
        return switch (event) {
            case SessionEvent.Arrived(var frame) -> arrived(state, frame, now);
            case SessionEvent.Violated(var reason) -> close(state, reason);
            case SessionEvent.Ended(var reason, var retryAfter) -> end(state, reason, retryAfter);
            case SessionEvent.Disconnected ignored -> new Transition(new Closed(Optional.empty()), farewell(state));
            case SessionEvent.ApprovalRecorded recorded -> ClaimSteps.recorded(state, recorded, rules, now);
            case SessionEvent.ChallengeOpened opened -> ClaimSteps.opened(state, opened, now);
            case SessionEvent.CodeJudged judged -> ClaimSteps.judged(state, judged, rules);
            case SessionEvent.NumberProved proved -> ClaimSteps.proved(state, proved, rules);
            case SessionEvent.NumberBound bound -> ClaimSteps.bound(state, bound, now);
            case SessionEvent.PinJudged judged -> PinSteps.judged(state, judged, rules);
            case SessionEvent.PinStored stored -> PinSteps.stored(state, stored);
            case SessionEvent.SignInJudged judged -> ActiveSteps.signedIn(state, judged);
            case SessionEvent.LiveConfirmed confirmed -> asking(ActiveSteps.confirmed(state, confirmed), now);
            case SessionEvent.StandingChanged(var before) -> renewals.standingChanged(state, before, now);
            case SessionEvent.RenewalStored stored -> renewals.stored(state, stored, now);
            case SessionEvent.ActivationErased erased -> ActiveSteps.erased(state, erased);
        };
    }

    private Transition arrived(SessionState state, DeviceFrame frame, Instant now) {
        return switch (state) {
            case Connected ignored -> inConnected(frame);
            case Greeted greeted -> inGreeted(greeted, frame, now);
            case Noticed noticed -> inNoticed(noticed, frame, now);
            case Approved approved -> inApproved(approved, frame, now);
            case Challenged challenged -> inChallenged(challenged, frame, now);
            case PinAwaited awaited -> PinSteps.arrived(awaited, frame, now);
            case WithdrawalClaimed claimed -> LostPhoneSteps.arrived(claimed, frame, rules, nonce);
            case GoingLive live -> otherwise(live, frame);
            case Active active -> inActive(active, frame, now);
            case Busy busy -> inBusy(busy, frame, now);
            case Closed closed -> to(closed);
        };
    }

    private Transition inConnected(DeviceFrame frame) {
        return switch (frame) {
            case DeviceFrame.Hello hello
            when hello.protocolVersion() != Limits.PROTOCOL_VERSION ->
                close(new Connected(), Reason.VERSION_UNSUPPORTED);
            case DeviceFrame.Hello hello ->
                to(new Greeted(hello.locale()), new Effect.AllowFullFrames(), new Reply(welcome()));
            case DeviceFrame.Claim ignored -> close(new Connected(), Reason.CONSENT_REQUIRED);
            default -> close(new Connected(), Reason.HELLO_REQUIRED);
        };
    }

    private GatewayFrame.Welcome welcome() {
        return new GatewayFrame.Welcome(
                Limits.PROTOCOL_VERSION,
                nonce,
                rules.heartbeat(),
                Limits.FRAME_BYTES_MAX,
                Limits.BODY_BYTES_MAX,
                rules.sendsInFlightMax(),
                rules.deliveriesInFlightMax(),
                rules.signingKey());
    }

    private Transition inGreeted(Greeted state, DeviceFrame frame, Instant now) {
        return switch (frame) {
            case DeviceFrame.NoticeRequest request -> notice(state, request, now);
            case DeviceFrame.SignIn(var deviceId, var signature) ->
                to(new Busy(state, Work.JUDGING_SIGN_IN), new Effect.JudgeSignIn(deviceId, signature));
            case DeviceFrame.WithdrawalClaim claim -> LostPhoneSteps.claim(state, claim, state.locale(), rules, nonce);
            default -> otherwise(state, frame);
        };
    }

    /// An invitation is looked at only where one is needed: elsewhere its user keeps it.
    private Transition notice(SessionState state, DeviceFrame.NoticeRequest request, Instant now) {
        var policy = rules.policy().get();
        var activation = policy.activation();
        int country = request.countryCallingCode();
        Optional<Invitation> invitation = activation.stateIn(country) == ActivationPolicy.State.INVITE_ONLY
                ? request.invitation()
                        .flatMap(code -> rules.invitations().check(code, activation.invitationSeries(), now))
                : Optional.empty();
        Optional<Reason> closed = activation
                .closedIn(country, invitation.isPresent())
                .map(reason -> reason == Reason.INVITATION_REQUIRED
                                && request.invitation().isPresent()
                        ? Reason.INVITATION_INVALID
                        : reason);
        if (closed.isPresent()) {
            return to(state, new Reply(new GatewayFrame.ActivationClosed(closed.get(), activation.retryAfter())));
        }
        Notice notice = policy.notice().onShow().in(request.locale());
        var effects = new ArrayList<>(farewell(state));
        effects.add(new Reply(new GatewayFrame.NoticeText(notice.canonical())));
        return new Transition(new Noticed(notice, country, invitation), effects);
    }

    private Transition inNoticed(Noticed state, DeviceFrame frame, Instant now) {
        return switch (frame) {
            case DeviceFrame.NoticeRequest request -> notice(state, request, now);
            case DeviceFrame.Approval approval -> approval(state, approval);
            default -> otherwise(state, frame);
        };
    }

    private Transition approval(Noticed state, DeviceFrame.Approval approval) {
        return switch (ApprovalCheck.check(approval, state.notice(), state.countryCallingCode(), nonce)) {
            case ApprovalCheck.Verdict.Good(var grant) ->
                to(
                        new Busy(state, Work.STORING_APPROVAL),
                        new Effect.RecordApproval(
                                grant, approval.grant(), approval.signature(), state.notice(), state.invitation()));
            case ApprovalCheck.Verdict.Bad(var reason) -> to(state, refused(reason, Optional.empty(), 0));
        };
    }

    private Transition inApproved(Approved state, DeviceFrame frame, Instant now) {
        return switch (frame) {
            case DeviceFrame.NoticeRequest request -> notice(state, request, now);
            case DeviceFrame.Claim claim -> ClaimSteps.claim(state, state.consent(), claim, rules, now);
            case DeviceFrame.CodeAnswer answer -> ClaimSteps.answer(state, state.consent(), answer);
            default -> otherwise(state, frame);
        };
    }

    private Transition inChallenged(Challenged state, DeviceFrame frame, Instant now) {
        return switch (frame) {
            case DeviceFrame.Claim claim -> ClaimSteps.claim(state, state.consent(), claim, rules, now);
            case DeviceFrame.CodeAnswer answer -> ClaimSteps.answer(state, state.consent(), answer);
            default -> otherwise(state, frame);
        };
    }

    /// A device that has gone live hears whether its user is asked for a renewal.
    private Transition asking(Transition confirmed, Instant now) {
        if (!(confirmed.state() instanceof Active(var holder))) {
            return confirmed;
        }
        var effects = new ArrayList<>(confirmed.effects());
        effects.addAll(renewals.question(holder, now));
        return new Transition(confirmed.state(), effects);
    }

    private Transition inActive(Active state, DeviceFrame frame, Instant now) {
        if (frame instanceof DeviceFrame.Renewal renewal) {
            return renewals.renewal(state, renewal, now);
        }
        return renewals.isSuspended(state.holder(), now)
                ? renewals.whileSuspended(state, frame)
                : ActiveSteps.arrived(state, frame, nonce);
    }

    /// Whether the device may be given texts.
    boolean mayReceive(SessionState state, Instant now) {
        return switch (state) {
            case GoingLive(var holder, var ignored) -> !renewals.isSuspended(holder, now);
            case Active(var holder) -> !renewals.isSuspended(holder, now);
            case Busy(var before, var ignored) -> mayReceive(before, now);
            case Connected ignored -> false;
            case Greeted ignored -> false;
            case Noticed ignored -> false;
            case Approved ignored -> false;
            case Challenged ignored -> false;
            case PinAwaited ignored -> false;
            case WithdrawalClaimed ignored -> false;
            case Closed ignored -> false;
        };
    }

    /// What an active device may do while its renewal or withdrawal is being stored: all but the same
    /// again. It may withdraw while it renews, not the other way round.
    private static boolean isAside(Work work, DeviceFrame frame) {
        return switch (frame) {
            case DeviceFrame.Renewal ignored -> false;
            case DeviceFrame.SetPin ignored -> false;
            case DeviceFrame.Withdraw ignored -> work == Work.RENEWING;
            default -> work == Work.RENEWING || work == Work.SETTING_PIN || work == Work.ERASING;
        };
    }

    /// A PIN and a renewal wait for each other, and a withdrawal for a PIN.
    private static boolean isForLater(Work work, DeviceFrame frame) {
        return switch (frame) {
            case DeviceFrame.Withdraw ignored -> work == Work.SETTING_PIN;
            case DeviceFrame.Renewal ignored -> work == Work.SETTING_PIN;
            case DeviceFrame.SetPin ignored -> work == Work.RENEWING;
            default -> false;
        };
    }

    /// A device waits for the answer to each step of the handshake; only the heartbeat goes on.
    private Transition inBusy(Busy state, DeviceFrame frame, Instant now) {
        return switch (state.before()) {
            case Active ignored
            when isForLater(state.work(), frame) -> to(state, new Effect.Later(new SessionEvent.Arrived(frame)));
            case Active active
            when isAside(state.work(), frame) -> {
                var aside = inActive(active, frame, now);
                yield aside.state() instanceof Active ? new Transition(state, aside.effects()) : aside;
            }
            default -> otherwise(state, frame);
        };
    }

    /// What is the same in every state.
    static Transition otherwise(SessionState state, DeviceFrame frame) {
        return switch (frame) {
            case DeviceFrame.Ping(var token) -> to(state, new Reply(new GatewayFrame.Pong(token)));
            case DeviceFrame.Pong ignored -> to(state);
            case DeviceFrame.Claim ignored ->
                close(state, state.hasConsent() ? Reason.FRAME_UNEXPECTED : Reason.CONSENT_REQUIRED);
            case DeviceFrame.Hello ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.NoticeRequest ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Approval ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.CodeAnswer ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.SignIn ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Send ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Inquire ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Block ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Unblock ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Acknowledge ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Withdraw ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.Renewal ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.WithdrawalClaim ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.SetPin ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.PinAnswer ignored -> close(state, Reason.FRAME_UNEXPECTED);
            case DeviceFrame.DataRequest ignored -> close(state, Reason.FRAME_UNEXPECTED);
        };
    }

    static Reply refused(Reason reason, Optional<Duration> retryAfter, int triesLeft) {
        return new Reply(new GatewayFrame.Refused(reason, retryAfter, triesLeft));
    }

    static Transition close(SessionState state, Reason reason) {
        return end(state, reason, Optional.empty());
    }

    static Transition end(SessionState state, Reason reason, Optional<Duration> retryAfter) {
        var effects = new ArrayList<>(farewell(state));
        effects.add(new Close(reason, retryAfter));
        return new Transition(new Closed(Optional.of(reason)), effects);
    }

    /// What a connection leaves behind, whatever ends it: an approval that came to nothing is erased and
    /// its challenge closed; a live session goes dark.
    private static List<Effect> farewell(SessionState state) {
        return switch (state) {
            case Approved(var consent) -> List.of(new Effect.ForgetApproval(consent));
            case Challenged(var consent, var challenge) ->
                List.of(new Effect.CloseChallenge(challenge.id(), Fate.ABANDONED), new Effect.ForgetApproval(consent));
            case PinAwaited awaited -> List.of(new Effect.ForgetApproval(awaited.consent()));
            case WithdrawalClaimed claimed ->
                List.of(new Effect.CloseChallenge(claimed.challenge().id(), Fate.ABANDONED));
            case GoingLive ignored -> List.of(new Effect.GoDark());
            case Active ignored -> List.of(new Effect.GoDark());
            // A binding may be on its way to the store: erasing the consent after it does nothing.
            case Busy busy -> farewell(busy.before());
            case Connected ignored -> List.of();
            case Greeted ignored -> List.of();
            case Noticed ignored -> List.of();
            case Closed ignored -> List.of();
        };
    }
}
