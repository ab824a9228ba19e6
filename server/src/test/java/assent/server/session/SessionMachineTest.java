package assent.server.session;

import static assent.server.session.States.ENGLISH;
import static assent.server.session.States.GERMAN;
import static assent.server.session.States.NONCE;
import static assent.server.session.States.NOW;
import static assent.server.session.States.NUMBER;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.server.activation.ChallengeBook.Fate;
import assent.server.policy.ActivationPolicy;
import assent.server.policy.ActivationPolicy.Country;
import assent.server.policy.ActivationPolicy.State;
import assent.server.session.SessionEvent.Arrived;
import assent.server.session.SessionState.Approved;
import assent.server.session.SessionState.Busy;
import assent.server.session.SessionState.Challenged;
import assent.server.session.SessionState.Closed;
import assent.server.session.SessionState.Connected;
import assent.server.session.SessionState.Greeted;
import assent.server.session.SessionState.Noticed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionMachineTest {
    private final SessionMachine machine = new SessionMachine(States.rules(States.open()), NONCE);

    private Transition arrives(SessionState state, DeviceFrame frame) {
        return machine.step(state, new Arrived(frame), NOW);
    }

    @ParameterizedTest
    @MethodSource("assent.server.session.States#beforeApproval")
    void aClaimInAnyStateBeforeApprovalEndsTheConnection(SessionState state) {
        Transition transition = arrives(state, States.claim(NUMBER.e164()));

        assertThat(transition.state()).isEqualTo(new Closed(Optional.of(Reason.CONSENT_REQUIRED)));
        assertThat(States.goodbye(transition)).contains(Reason.CONSENT_REQUIRED);
        assertThat(transition.toString()).doesNotContain(NUMBER.e164().substring(1));
    }

    @ParameterizedTest
    @MethodSource("assent.server.session.States#beforeApproval")
    void noFrameBeforeApprovalCausesAnythingToBeKeptButTheApprovalItself(SessionState state) {
        for (DeviceFrame frame : States.everyFrame()) {
            assertThat(arrives(state, frame).effects())
                    .allSatisfy(effect -> assertThat(effect)
                            .isInstanceOfAny(
                                    Effect.Reply.class,
                                    Effect.Close.class,
                                    Effect.AllowFullFrames.class,
                                    Effect.JudgeSignIn.class,
                                    Effect.OpenWithdrawal.class,
                                    Effect.JudgeCode.class,
                                    Effect.CloseChallenge.class,
                                    Effect.RecordApproval.class));
        }
    }

    @Test
    void theFirstFrameMustBeAHello() {
        for (DeviceFrame frame : States.everyFrame()) {
            Optional<Reason> goodbye = States.goodbye(arrives(new Connected(), frame));
            switch (frame) {
                case DeviceFrame.Hello ignored -> assertThat(goodbye).isEmpty();
                case DeviceFrame.Claim ignored -> assertThat(goodbye).contains(Reason.CONSENT_REQUIRED);
                default -> assertThat(goodbye).contains(Reason.HELLO_REQUIRED);
            }
        }
    }

    @Test
    void anotherProtocolVersionIsRefused() {
        Transition transition = arrives(new Connected(), new DeviceFrame.Hello(2, "test", "en"));

        assertThat(States.goodbye(transition)).contains(Reason.VERSION_UNSUPPORTED);
    }

    @ParameterizedTest
    @MethodSource("assent.server.session.States#afterApproval")
    void aFrameThatNoStateExpectsEndsTheConnection(SessionState state) {
        assertThat(States.goodbye(arrives(state, new DeviceFrame.Hello(1, "again", "en"))))
                .contains(Reason.FRAME_UNEXPECTED);
    }

    @Test
    void aDeviceWaitsForTheAnswerToEachStepOfTheHandshakeWhileTheHeartbeatGoesOn() {
        var busy = new Busy(new Approved(States.consent()), SessionState.Work.OPENING_CHALLENGE);

        assertThat(States.goodbye(arrives(busy, States.claim(NUMBER.e164())))).contains(Reason.FRAME_UNEXPECTED);
        assertThat(arrives(busy, new DeviceFrame.Ping(7)))
                .isEqualTo(Transition.to(busy, new Effect.Reply(new GatewayFrame.Pong(7))));
    }

    @Test
    void theNoticeComesInTheLanguageAskedForOrElseInEnglish() {
        assertThat(arrives(new Greeted("en"), new DeviceFrame.NoticeRequest("de-CH", 41))
                        .state())
                .isEqualTo(new Noticed(GERMAN, 41));
        assertThat(arrives(new Greeted("en"), new DeviceFrame.NoticeRequest("fr", 33))
                        .state())
                .isEqualTo(new Noticed(ENGLISH, 33));
    }

    @Test
    void aClosedCountryGetsNoNoticeAndAPausedGatewayNone() {
        var onlyIndia = States.activation(State.OPEN, State.PAUSED, Map.of(91, new Country(State.OPEN, List.of())));
        var notIndia = States.activation(State.OPEN, State.OPEN, Map.of(91, new Country(State.PAUSED, List.of())));
        var paused = States.activation(State.PAUSED, State.OPEN, Map.of(91, new Country(State.OPEN, List.of())));

        assertThat(closedReason(notIndia, 91)).contains(Reason.COUNTRY_CLOSED);
        assertThat(closedReason(notIndia, 41)).isEmpty();
        assertThat(closedReason(onlyIndia, 41)).contains(Reason.COUNTRY_CLOSED);
        assertThat(closedReason(onlyIndia, 91)).isEmpty();
        assertThat(closedReason(paused, 91)).contains(Reason.ACTIVATION_PAUSED);
    }

    private static Optional<Reason> closedReason(ActivationPolicy policy, int country) {
        var machine = new SessionMachine(States.rules(policy), NONCE);
        Transition transition =
                machine.step(new Greeted("en"), new Arrived(new DeviceFrame.NoticeRequest("en", country)), NOW);
        return transition.effects().stream()
                .filter(effect -> effect instanceof Effect.Reply(GatewayFrame.ActivationClosed ignored))
                .map(effect -> ((GatewayFrame.ActivationClosed) ((Effect.Reply) effect).frame()).reason())
                .findFirst();
    }

    @Test
    void aGoodApprovalIsStoredBeforeItIsAnswered() {
        Transition transition = arrives(new Noticed(ENGLISH, 91), States.approval(States.grant()));

        assertThat(transition.state()).isInstanceOf(Busy.class);
        assertThat(transition.effects()).singleElement().isInstanceOf(Effect.RecordApproval.class);
    }

    @Test
    void anApprovalOfAnythingButTheNoticeShownHereIsRefusedWithItsReason() {
        var good = States.grant();

        assertThat(refusal(grant(GERMAN.hash(), "en", 91, NONCE))).contains(Reason.NOTICE_NOT_SHOWN);
        assertThat(refusal(grant(good.noticeHash(), "de", 91, NONCE))).contains(Reason.LOCALE_MISMATCH);
        assertThat(refusal(grant(good.noticeHash(), "en", 41, NONCE))).contains(Reason.COUNTRY_MISMATCH);
        assertThat(refusal(grant(good.noticeHash(), "en", 91, Bytes.fromHex("01".repeat(32)))))
                .contains(Reason.NONCE_MISMATCH);
        assertThat(refusal(new ConsentGrant(
                        good.noticeHash(), List.of("advertising"), "en", 91, good.deviceKey(), NONCE, NOW)))
                .contains(Reason.PURPOSES_MISMATCH);
        assertThat(refusal(good)).isEmpty();
    }

    @Test
    void aTamperedGrantAndAnotherKeysSignatureAreRefused() {
        var good = States.approval(States.grant());
        byte[] tampered = good.grant().toArray();
        tampered[tampered.length - 3] ^= 1; // the last digit of the time: still a grant, but not the signed one
        byte[] spaced = (good.grant().toUtf8() + " ").getBytes(java.nio.charset.StandardCharsets.UTF_8);

        assertThat(refusal(new DeviceFrame.Approval(Bytes.wrap(tampered), good.signature())))
                .contains(Reason.SIGNATURE_INVALID);
        assertThat(refusal(new DeviceFrame.Approval(Bytes.wrap(spaced), good.signature())))
                .contains(Reason.GRANT_MALFORMED);
        assertThat(refusal(new DeviceFrame.Approval(
                        good.grant(), KeyPair.generate().sign(good.grant()))))
                .contains(Reason.SIGNATURE_INVALID);
    }

    private static ConsentGrant grant(Bytes notice, String locale, int country, Bytes nonce) {
        return new ConsentGrant(
                notice, List.of("message-routing"), locale, country, States.DEVICE_KEY.publicKey(), nonce, NOW);
    }

    private Optional<Reason> refusal(ConsentGrant grant) {
        return refusal(States.approval(grant));
    }

    private Optional<Reason> refusal(DeviceFrame.Approval approval) {
        return refusal(arrives(new Noticed(ENGLISH, 91), approval));
    }

    private static Optional<Reason> refusal(Transition transition) {
        return transition.effects().stream()
                .filter(effect -> effect instanceof Effect.Reply(GatewayFrame.Refused ignored))
                .map(effect -> ((GatewayFrame.Refused) ((Effect.Reply) effect).frame()).reason())
                .findFirst();
    }

    @Test
    void aClaimIsJudgedBeforeAnythingIsSent() {
        var approved = new Approved(States.consent());
        var another = new DeviceFrame.Claim(new assent.protocol.ConsentId(9, 9), NUMBER.e164(), ProofMethod.SMS_CODE);
        var byText = new DeviceFrame.Claim(States.consent().id(), NUMBER.e164(), ProofMethod.DEVICE_SMS);

        assertThat(refusal(arrives(approved, another))).contains(Reason.CONSENT_UNKNOWN);
        assertThat(refusal(arrives(approved, States.claim("12345")))).contains(Reason.NUMBER_INVALID);
        assertThat(refusal(arrives(approved, States.claim("+41791234567")))).contains(Reason.COUNTRY_MISMATCH);
        assertThat(refusal(arrives(approved, byText))).contains(Reason.METHOD_NOT_ALLOWED);
        assertThat(arrives(approved, States.claim(NUMBER.e164())).effects())
                .singleElement()
                .isInstanceOf(Effect.OpenChallenge.class);
    }

    @Test
    void aConsentThatWasNotClaimedInTimeIsNoGroundForAClaim() {
        Transition late = machine.step(
                new Approved(States.consent()),
                new Arrived(States.claim(NUMBER.e164())),
                States.consent().expiresAt());

        assertThat(refusal(late)).contains(Reason.CONSENT_EXPIRED);
    }

    @Test
    void aTextThatProvesAnotherChallengeProvesNothing() {
        var challenged = new Challenged(States.consent(), States.challenge());

        assertThat(machine.step(challenged, new SessionEvent.NumberProved(new assent.protocol.ChallengeId(8, 8)), NOW))
                .isEqualTo(Transition.to(challenged));
        assertThat(machine.step(
                                challenged,
                                new SessionEvent.NumberProved(States.challenge().id()),
                                NOW)
                        .effects())
                .singleElement()
                .isInstanceOf(Effect.BindNumber.class);
    }

    @Test
    void aConnectionThatEndsBeforeActivationLeavesNeitherApprovalNorOpenChallenge() {
        var challenged = new Challenged(States.consent(), States.challenge());

        Transition gone = machine.step(challenged, new SessionEvent.Disconnected(), NOW);

        assertThat(gone.effects())
                .containsExactly(
                        new Effect.CloseChallenge(States.challenge().id(), Fate.ABANDONED),
                        new Effect.ForgetApproval(States.consent()));
    }

    @Test
    void whatComesToItsEndAfterTheConnectionIsTidiedUp() {
        var closed = new Closed(Optional.empty());
        var recorded = new SessionEvent.ApprovalRecorded(
                new assent.server.activation.Activations.Recording.Recorded(States.consent()));

        assertThat(machine.step(closed, recorded, NOW))
                .isEqualTo(Transition.to(closed, new Effect.ForgetApproval(States.consent())));
    }

    @ParameterizedTest
    @MethodSource("assent.server.session.States#afterApproval")
    void aClosedConnectionStaysClosedWhateverComes(SessionState ignored) {
        var closed = new Closed(Optional.of(Reason.WITHDRAWN));

        for (DeviceFrame frame : States.everyFrame()) {
            assertThat(arrives(closed, frame)).isEqualTo(Transition.to(closed));
        }
    }
}
