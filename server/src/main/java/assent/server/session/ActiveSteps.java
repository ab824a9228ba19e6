package assent.server.session;

import static assent.server.session.SessionMachine.close;
import static assent.server.session.SessionMachine.end;
import static assent.server.session.SessionMachine.otherwise;
import static assent.server.session.SessionMachine.refused;
import static assent.server.session.Transition.to;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.activation.Activations.SigningIn;
import assent.server.consent.Withdrawals;
import assent.server.session.Effect.Close;
import assent.server.session.Effect.Reply;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Announcement;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.GoingLive;
import assent.server.session.SessionState.Work;
import java.time.Duration;
import java.util.Optional;

/// The steps of a device that signs in, is live, and withdraws. Pure functions.
final class ActiveSteps {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private ActiveSteps() {}

    static Transition signedIn(SessionState state, SessionEvent.SignInJudged event) {
        if (!(state instanceof Busy(var ignored, Work work)) || work != Work.JUDGING_SIGN_IN) {
            return to(state);
        }
        return switch (event.signingIn()) {
            case SigningIn.SignedIn(var holder) ->
                to(new GoingLive(holder, new Announcement.SignedIn()), new Effect.GoLive(holder));
            case SigningIn.Refused(var reason, var retryAfter) -> end(state, reason, retryAfter);
        };
    }

    static Transition confirmed(SessionState state, SessionEvent.LiveConfirmed event) {
        if (!(state instanceof GoingLive(var holder, var announcement))) {
            return to(state);
        }
        if (event.present().isEmpty()) {
            return end(state, Reason.STORE_UNAVAILABLE, Optional.of(RETRY_AFTER));
        }
        if (!event.present().get()) {
            return close(
                    state,
                    switch (announcement) {
                        case Announcement.Activated ignored -> Reason.ACTIVATION_REPLACED;
                        case Announcement.SignedIn ignored -> Reason.SIGN_IN_REFUSED;
                    });
        }
        return to(new Active(holder), new Effect.Announce(holder, announcement));
    }

    static Transition arrived(Active state, DeviceFrame frame, assent.protocol.Bytes nonce) {
        return switch (frame) {
            case DeviceFrame.Send send -> to(state, new Effect.Dispatch(send));
            case DeviceFrame.Inquire inquire -> to(state, new Effect.Inquire(inquire));
            case DeviceFrame.Block block -> to(state, new Effect.Block(block));
            case DeviceFrame.Unblock unblock -> to(state, new Effect.Unblock(unblock));
            case DeviceFrame.Acknowledge(var through) -> to(state, new Effect.Acknowledge(through));
            case DeviceFrame.DataRequest ignored -> to(state, new Effect.Export());
            case DeviceFrame.SetPin set -> PinSteps.set(state, set);
            case DeviceFrame.Withdraw withdraw -> withdraw(state, withdraw, nonce);
            default -> otherwise(state, frame);
        };
    }

    private static Transition withdraw(Active state, DeviceFrame.Withdraw withdraw, assent.protocol.Bytes nonce) {
        var holder = state.holder();
        return Withdrawals.judge(withdraw, holder.deviceId(), holder.deviceKey(), nonce)
                .map(reason -> to(state, refused(reason, Optional.empty(), 0)))
                .orElseGet(() -> to(
                        new Busy(state, Work.ERASING), new Effect.Erase(withdraw, holder.number(), holder.deviceId())));
    }

    static Transition erased(SessionState state, SessionEvent.ActivationErased event) {
        if (state instanceof Busy(SessionState.WithdrawalClaimed claimed, Work work) && work == Work.ERASING) {
            return LostPhoneSteps.erased(claimed, event);
        }
        if (!(state instanceof Busy(Active active, Work work)) || work != Work.ERASING) {
            return to(state);
        }
        return switch (event.result()) {
            case Withdrawals.Result.Erased(var certificate) ->
                to(
                        new Closed(Optional.of(Reason.WITHDRAWN)),
                        new Effect.GoDark(),
                        new Effect.LookAgain(event.number(), Reason.WITHDRAWN),
                        new Reply(new GatewayFrame.Withdrawn(certificate.canonical(), certificate.signature())),
                        new Close(Reason.WITHDRAWN, Optional.empty()));
            case Withdrawals.Result.Refused(var reason, var retryAfter) -> to(active, refused(reason, retryAfter, 0));
        };
    }
}
