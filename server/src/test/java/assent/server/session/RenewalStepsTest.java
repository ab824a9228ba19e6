package assent.server.session;

import static assent.server.session.States.NONCE;
import static assent.server.session.States.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import assent.protocol.consent.Notice;
import assent.server.activation.Renewals;
import assent.server.policy.NoticeRule;
import assent.server.session.SessionEvent.Arrived;
import assent.server.session.SessionState.Active;
import assent.server.session.SessionState.Announcement;
import assent.server.session.SessionState.Approved;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.GoingLive;
import assent.server.session.SessionState.Work;
import assent.server.store.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// No text comes or goes under a notice that its user never saw, whatever the order of things.
class RenewalStepsTest {
    private static final Instant DEADLINE = NOW.plus(Duration.ofDays(30));
    private static final NoticeRule ASK = new NoticeRule("1", Set.of(), Set.of(), Optional.of(DEADLINE));
    private static final NoticeRule NOBODY = NoticeRule.nobodyIsAsked("1");
    private static final NoticeRule LAPSED = new NoticeRule("1", Set.of(), Set.of("0"), Optional.empty());
    private static final Notice OLD = States.notice("0", "en");

    private NoticeRule rule = ASK;
    private final SessionMachine machine = new SessionMachine(
            new SessionRules(
                    () -> States.policy(States.open(), rule),
                    States.INVITATIONS,
                    NONCE,
                    Duration.ofSeconds(60),
                    10,
                    10,
                    Duration.ofSeconds(1)),
            NONCE);

    private static Active activeOn(Notice notice) {
        return new Active(Holder.of(States.activationOn(notice)));
    }

    private static DeviceFrame.Renewal renewalOf(Notice notice) {
        var approval = States.approval(States.grantFor(notice));
        return new DeviceFrame.Renewal(approval.grant(), approval.signature());
    }

    private static List<GatewayFrame> replies(Transition transition) {
        return transition.effects().stream()
                .filter(Effect.Reply.class::isInstance)
                .map(effect -> ((Effect.Reply) effect).frame())
                .toList();
    }

    @Test
    void whateverRuleTimeAndFrameNothingIsCarriedForAnActivationThatHasToBeSuspended() {
        var states = new ArrayList<SessionState>();
        for (Notice notice : List.of(OLD, States.ENGLISH)) {
            var active = activeOn(notice);
            states.addAll(List.of(active, new Busy(active, Work.RENEWING), new Busy(active, Work.ERASING)));
        }
        for (NoticeRule each : List.of(ASK, NOBODY, LAPSED)) {
            rule = each;
            for (Instant now : List.of(NOW, DEADLINE.minusNanos(1), DEADLINE, DEADLINE.plusSeconds(1))) {
                for (SessionState state : states) {
                    Active active = state instanceof Active a ? a : (Active) ((Busy) state).before();
                    boolean suspended = each.suspends(active.holder().noticeVersion(), now);
                    assertThat(machine.mayReceive(state, now)).isEqualTo(!suspended);
                    for (DeviceFrame frame : States.everyFrame()) {
                        var effects =
                                machine.step(state, new Arrived(frame), now).effects();
                        if (suspended) {
                            assertThat(effects)
                                    .as("%s in %s", frame, state.name())
                                    .noneMatch(Effect.Dispatch.class::isInstance)
                                    .noneMatch(Effect.Inquire.class::isInstance);
                        } else if (frame instanceof DeviceFrame.Send) {
                            assertThat(effects).anyMatch(Effect.Dispatch.class::isInstance);
                        }
                    }
                }
            }
        }
    }

    @Test
    void everySessionThatGoesLiveHearsThatItsUserIsAsked() {
        for (Announcement announcement : List.of(States.ACTIVATED, new Announcement.SignedIn())) {
            var live = new GoingLive(Holder.of(States.activationOn(OLD)), announcement);

            var confirmed = machine.step(live, new SessionEvent.LiveConfirmed(Optional.of(true)), NOW);

            assertThat(confirmed.effects().getFirst()).isInstanceOf(Effect.Announce.class);
            assertThat(replies(confirmed))
                    .containsExactly(new GatewayFrame.RenewalRequired(States.ENGLISH.canonical(), DEADLINE, false));
            assertThat(confirmed.effects()).contains(new Effect.AwaitDeadline(DEADLINE));
        }
    }

    @Test
    void aSessionThatIsLiveWhenTheRuleChangesOrTheDeadlineComesIsToldOnlyWhatConcernsIt() {
        var event = new SessionEvent.StandingChanged(Optional.empty());

        assertThat(replies(machine.step(activeOn(OLD), event, DEADLINE)))
                .containsExactly(new GatewayFrame.RenewalRequired(States.ENGLISH.canonical(), DEADLINE, true));
        assertThat(machine.step(activeOn(States.ENGLISH), event, DEADLINE).effects())
                .isEmpty();
        rule = NOBODY;
        assertThat(machine.step(activeOn(OLD), event, DEADLINE).effects()).isEmpty();
    }

    @Test
    void theNoticeComesInTheLanguageOfTheOneBefore() {
        var asked = machine.step(
                activeOn(States.notice("0", "de")), new SessionEvent.StandingChanged(Optional.empty()), NOW);

        assertThat(replies(asked))
                .containsExactly(new GatewayFrame.RenewalRequired(States.GERMAN.canonical(), DEADLINE, false));
    }

    @Test
    void aSuspendedSendIsRefusedWithItsOwnReason() {
        var send = States.everyFrame().stream()
                .filter(DeviceFrame.Send.class::isInstance)
                .findFirst()
                .orElseThrow();

        var refused = machine.step(activeOn(OLD), new Arrived(send), DEADLINE);

        assertThat(replies(refused)).singleElement().satisfies(frame -> {
            var result = (GatewayFrame.SendResult) frame;
            assertThat(result.reason()).contains(Reason.SUSPENDED);
        });
    }

    @Test
    void anApprovalIsStoredBeforeAndAfterTheDeadline() {
        for (Instant now : List.of(NOW, DEADLINE)) {
            var renewing = machine.step(activeOn(OLD), new Arrived(renewalOf(States.ENGLISH)), now);

            assertThat(renewing.state())
                    .isInstanceOfSatisfying(
                            Busy.class, busy -> assertThat(busy.work()).isEqualTo(Work.RENEWING));
            assertThat(renewing.effects()).singleElement().isInstanceOf(Effect.Renew.class);
        }
    }

    @Test
    void aWithdrawalWhileARenewalIsStoredGoesOnAndTheReceiptComesAllTheSame() {
        var renewed = States.activationOn(States.ENGLISH);
        var erasing = new Busy(activeOn(OLD), Work.ERASING);

        var answered =
                machine.step(erasing, new SessionEvent.RenewalStored(new Renewals.Result.Renewed(renewed)), DEADLINE);

        assertThat(answered.state()).isEqualTo(new Busy(new Active(Holder.of(renewed)), Work.ERASING));
        assertThat(replies(answered))
                .containsExactly(new GatewayFrame.ConsentRenewed(renewed.receipt(), renewed.receiptSignature()));
    }

    @Test
    void aRenewalThatCannotBeStoredLeavesTheActivationAsItWas() {
        var renewing = new Busy(activeOn(OLD), Work.RENEWING);
        var refusal = new Renewals.Result.Refused(Reason.STORE_UNAVAILABLE, Optional.of(Duration.ofSeconds(2)));

        var answered = machine.step(renewing, new SessionEvent.RenewalStored(refusal), DEADLINE);

        assertThat(answered.state()).isEqualTo(renewing.before());
        assertThat(machine.mayReceive(answered.state(), DEADLINE)).isFalse();
    }

    @Test
    void aSessionWhoseActivationChangedMeanwhileHasToSignInAnew() {
        var renewing = new Busy(activeOn(OLD), Work.RENEWING);

        var answered = machine.step(renewing, new SessionEvent.RenewalStored(new Renewals.Result.Changed()), NOW);

        assertThat(States.goodbye(answered)).contains(Reason.SESSION_TAKEN_OVER);
    }

    @Test
    void aConsentWhoseNoticeWasReplacedBeforeItsClaimBearsNoActivation() {
        rule = new NoticeRule("2", Set.of(), Set.of(), Optional.of(DEADLINE));
        var approved = new Approved(States.consent());

        for (Instant now : List.of(NOW, NOW.plusSeconds(60))) {
            var claimed = machine.step(approved, new Arrived(States.claim(States.NUMBER.e164())), now);

            assertThat(claimed.state()).isEqualTo(approved);
            assertThat(replies(claimed))
                    .containsExactly(new GatewayFrame.Refused(Reason.NOTICE_REPLACED, Optional.empty(), 0));
        }
    }
}
