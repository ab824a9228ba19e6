package assent.server.session;

import static assent.server.session.SessionMachine.end;
import static assent.server.session.SessionMachine.otherwise;
import static assent.server.session.SessionMachine.refused;
import static assent.server.session.Transition.to;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.server.activation.ApprovalCheck.Verdict;
import assent.server.activation.Renewals;
import assent.server.policy.NoticeRule;
import assent.server.policy.NoticeRule.Standing;
import assent.server.session.Effect.Reply;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Work;
import assent.server.store.Activation;
import assent.server.store.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The steps of an activation whose notice has been replaced. Pure functions of their arguments and the
/// rules.
///
/// How it stands is no state of its own: each step derives it from the notice that was approved, the
/// rule and the time. So it cannot be out of date, and a suspension begins at its deadline whatever
/// else is late.
final class RenewalSteps {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final SessionRules rules;
    private final Bytes nonce;

    RenewalSteps(SessionRules rules, Bytes nonce) {
        this.rules = rules;
        this.nonce = nonce;
    }

    private Standing standing(Holder holder, Instant now) {
        return rules.noticeRule().standing(holder.noticeVersion(), now);
    }

    boolean isSuspended(Holder holder, Instant now) {
        return standing(holder, now) instanceof Standing.Suspended;
    }

    /// What asks the user for a renewal; nothing if none is needed.
    List<Effect> question(Holder holder, Instant now) {
        return switch (standing(holder, now)) {
            case Standing.Good ignored -> List.of();
            case Standing.Asked(var deadline) ->
                List.of(ask(holder, deadline, false), new Effect.AwaitDeadline(deadline));
            case Standing.Suspended(var deadline) -> List.of(ask(holder, deadline, true));
        };
    }

    private Reply ask(Holder holder, Instant deadline, boolean suspended) {
        var notice = Renewals.noticeFor(holder, rules.notices());
        return new Reply(new GatewayFrame.RenewalRequired(notice.canonical(), deadline, suspended));
    }

    /// The deadline is over, or the rule is another: the device is told how it stands. One whose
    /// suspension has ended gets what waits for it.
    Transition standingChanged(SessionState state, Optional<NoticeRule> before, Instant now) {
        return switch (state) {
            case Active(var holder) -> new Transition(state, change(holder, before, now));
            case Busy(Active(var holder), var ignored) -> new Transition(state, change(holder, before, now));
            default -> to(state);
        };
    }

    private List<Effect> change(Holder holder, Optional<NoticeRule> before, Instant now) {
        var effects = new ArrayList<>(question(holder, now));
        boolean wasSuspended = before.isPresent() && before.get().suspends(holder.noticeVersion(), now);
        if (wasSuspended && !isSuspended(holder, now)) {
            effects.add(new Effect.DeliverAgain());
        }
        return effects;
    }

    Transition renewal(Active state, DeviceFrame.Renewal renewal, Instant now) {
        var holder = state.holder();
        if (standing(holder, now) instanceof Standing.Good) {
            return to(new Busy(state, Work.RENEWING), new Effect.RepeatReceipt(holder, renewal.grant()));
        }
        var notice = Renewals.noticeFor(holder, rules.notices());
        return switch (Renewals.judge(renewal, notice, holder, nonce)) {
            case Verdict.Good(var grant) ->
                to(new Busy(state, Work.RENEWING), new Effect.Renew(holder, grant, renewal.signature(), notice));
            case Verdict.Bad(var reason) -> to(state, refused(reason, Optional.empty(), 0));
        };
    }

    private static Reply receipt(Activation activation) {
        return new Reply(new GatewayFrame.ConsentRenewed(activation.receipt(), activation.receiptSignature()));
    }

    /// The answer may find the device withdrawing already; the erasure comes after it in the store.
    Transition stored(SessionState state, SessionEvent.RenewalStored event, Instant now) {
        if (!(state instanceof Busy(Active active, Work work)) || (work != Work.RENEWING && work != Work.ERASING)) {
            return to(state);
        }
        return switch (event.result()) {
            case Renewals.Result.Renewed(var activation) -> {
                var holder = Holder.of(activation);
                var next = new Active(holder);
                var effects = new ArrayList<Effect>(List.of(receipt(activation), new Effect.DeliverAgain()));
                effects.addAll(question(holder, now));
                yield new Transition(work == Work.RENEWING ? next : new Busy(next, work), effects);
            }
            // Another session of this device was faster: signing in anew shows what holds.
            case Renewals.Result.Changed ignored -> end(state, Reason.SESSION_TAKEN_OVER, Optional.of(RETRY_AFTER));
            case Renewals.Result.Refused(var reason, var retryAfter) ->
                to(work == Work.RENEWING ? active : state, refused(reason, retryAfter, 0));
        };
    }

    /// What a suspended device may still do: approve, withdraw, read what is held about it,
    /// acknowledge what it was given before, and stay connected.
    Transition whileSuspended(Active state, DeviceFrame frame) {
        return switch (frame) {
            case DeviceFrame.Send send ->
                to(
                        state,
                        new Reply(
                                GatewayFrame.SendResult.refused(send.messageId(), Reason.SUSPENDED, Optional.empty())));
            case DeviceFrame.Inquire inquire ->
                to(state, new Reply(new GatewayFrame.InquiryAnswer(inquire.messageId(), false)));
            case DeviceFrame.SetPin ignored -> to(state, SessionMachine.refused(Reason.SUSPENDED, Optional.empty(), 0));
            case DeviceFrame.DataRequest ignored -> ActiveSteps.arrived(state, frame, nonce);
            case DeviceFrame.Acknowledge ignored -> ActiveSteps.arrived(state, frame, nonce);
            case DeviceFrame.Withdraw ignored -> ActiveSteps.arrived(state, frame, nonce);
            default -> otherwise(state, frame);
        };
    }
}
