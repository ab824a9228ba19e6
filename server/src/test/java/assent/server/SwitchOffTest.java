package assent.server;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.Es256;
import assent.server.store.Store;
import assent.server.support.RawPhone;
import assent.server.support.StoreRows;
import assent.server.support.TestGateway;
import assent.sim.carrier.CarrierBehaviour;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The lost phone's off switch: Ben's phone is gone, and another device gets the SMS of his number.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SwitchOffTest {
    private static final Duration NO_SMS_WITHIN = Duration.ofMillis(300);

    private TestGateway gateway;
    private RawPhone lost;
    private RawPhone found;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        gateway = TestGateway.start(folder);
    }

    @BeforeEach
    void loseAPhone() {
        lost = gateway.phone();
        lost.activate();
        found = new RawPhone(gateway, lost.number);
    }

    @AfterEach
    void leave() {
        gateway.carrier().behave(CarrierBehaviour.good());
        lost.close();
        found.close();
        gateway.awaitNobody();
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    private GatewayFrame.CodeSent claimByCode(RawPhone phone) {
        return phone.peer().send(byCode(phone)).expect(GatewayFrame.CodeSent.class);
    }

    private static DeviceFrame.WithdrawalClaim byCode(RawPhone phone) {
        return new DeviceFrame.WithdrawalClaim(phone.number.e164(), ProofMethod.SMS_CODE);
    }

    private GatewayFrame.SmsRequested claimByText(RawPhone phone) {
        return phone.peer()
                .send(new DeviceFrame.WithdrawalClaim(phone.number.e164(), ProofMethod.DEVICE_SMS))
                .expect(GatewayFrame.SmsRequested.class);
    }

    /// The code in the SMS that came after those of `before`.
    private String nextCode(PhoneNumber number, int before) {
        org.awaitility.Awaitility.await()
                .until(() -> gateway.handset(number).inbox().size() > before);
        return gateway.codeFor(number);
    }

    @Test
    void aCodeSwitchesTheNumberOffAndTheCertificateSaysWhatWasErased() throws Exception {
        try (RawPhone anna = gateway.phone()) {
            anna.activate();
            lost.goAway();
            gateway.awaitLive(1);
            anna.text(lost.number, "one");
            anna.result();
            anna.text(lost.number, "two");
            anna.result();

            var sent = claimByCode(found);
            found.peer().send(new DeviceFrame.CodeAnswer(sent.challengeId(), nextCode(found.number, 1)));
            var withdrawn = found.peer().expect(GatewayFrame.Withdrawn.class);
            assertThat(found.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);

            assertThat(Es256.verify(gateway.signingKey(), withdrawn.certificate(), withdrawn.certificateSignature()))
                    .isTrue();
            var certificate = ErasureCertificate.parse(withdrawn.certificate());
            assertThat(certificate.deviceId()).isEqualTo(lost.deviceId());
            assertThat(certificate.messagesErased()).isEqualTo(2);
            assertThat(certificate.erased()).contains("number", "activation", "consent", "mailbox", "mailbox-key");
            assertThat(certificate.requestedAt()).isBeforeOrEqualTo(certificate.erasedAt());

            lost.reconnect().signIn(lost.deviceId());
            assertThat(lost.peer().goodbye()).isEqualTo(Reason.SIGN_IN_REFUSED);
            var id = anna.text(lost.number, "are you there?");
            assertThat(anna.result()).isEqualTo(GatewayFrame.SendResult.of(id, Outcome.QUEUED));
        }
        gateway.stop();
        try (Store store = gateway.openStore()) {
            assertThat(store.activation(lost.deviceId())).isEmpty();
            assertThat(store.isActivated(lost.number)).isFalse();
            assertThat(store.messages(lost.deviceId(), 0, 10, 1 << 20, InstantSource.system()))
                    .isEmpty();
        }
        gateway.startAgain();
    }

    @Test
    void anSmsOfTheNumberSwitchesItOffAndTheLostPhoneHearsOfItAtOnce() throws Exception {
        var requested = claimByText(found);
        gateway.handset(found.number).send(requested.serviceNumber(), requested.text());

        found.peer().expect(GatewayFrame.Withdrawn.class);
        assertThat(found.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
        assertThat(lost.peer().goodbye()).isEqualTo(Reason.WITHDRAWN);
    }

    @Test
    void nobodyLearnsFromTheAnswersWhetherANumberIsActivated() throws Exception {
        try (RawPhone stranger = gateway.phone()) {
            var ofActivated = claimByCode(found);
            var ofUnknown = claimByCode(stranger);
            assertThat(ofUnknown.triesLeft()).isEqualTo(ofActivated.triesLeft());
            assertThat(ofUnknown.expiresIn().toSeconds())
                    .isCloseTo(ofActivated.expiresIn().toSeconds(), org.assertj.core.data.Offset.offset(2L));
            assertThat(stranger.peer().received()).hasSameSizeAs(found.peer().received());

            var wrong = wrong(nextCode(found.number, 1));
            var ofActivatedToo = refusal(found, new DeviceFrame.CodeAnswer(ofActivated.challengeId(), wrong));
            var ofUnknownToo = refusal(stranger, new DeviceFrame.CodeAnswer(ofUnknown.challengeId(), wrong));
            assertThat(ofUnknownToo).isEqualTo(ofActivatedToo);
            assertThat(ofUnknownToo.reason()).isEqualTo(Reason.CODE_WRONG);

            claimByCode(found);
            claimByCode(stranger);
            claimByCode(stranger); // Ben's third SMS was that of his activation
            assertThat(refusal(found, byCode(found)).reason()).isEqualTo(Reason.SMS_LIMIT);
            assertThat(refusal(stranger, byCode(stranger)).reason()).isEqualTo(Reason.SMS_LIMIT);
            assertThat(gateway.handset(stranger.number).await(sms -> true, NO_SMS_WITHIN))
                    .isEmpty();
        }
    }

    @Test
    void theAnswerDoesNotWaitForTheCarrierWhichOnlyAnActivatedNumberNeeds() {
        gateway.carrier()
                .behave(CarrierBehaviour.good()
                        .withDelay(Duration.ofSeconds(2))
                        .withReplies(CarrierBehaviour.Replies.NOT_TO_SMS));
        long before = System.nanoTime();

        claimByCode(found);

        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void whatTheCarrierSaysOfTheSmsIsNotPassedOn() {
        gateway.carrier().behave(CarrierBehaviour.good().withRefusal(CarrierBehaviour.SUBMIT_FAILED));

        claimByCode(found);

        assertThat(found.peer().send(new DeviceFrame.Ping(1)).next()).contains(new GatewayFrame.Pong(1));
    }

    @Test
    void whoProvesANumberThatIsNotActivatedHearsThatNothingIsHeld() throws Exception {
        try (RawPhone stranger = gateway.phone()) {
            var requested = claimByText(stranger);
            gateway.handset(stranger.number).send(requested.serviceNumber(), requested.text());

            assertThat(stranger.peer().goodbye()).isEqualTo(Reason.NOTHING_HELD);
        }
    }

    @Test
    void anSmsFromAnotherNumberSwitchesNothingOff() throws Exception {
        try (RawPhone eve = gateway.phone()) {
            var requested = claimByText(found);
            gateway.handset(eve.number).send(requested.serviceNumber(), requested.text());

            assertThat(found.hasNothingMore()).isTrue();
            assertThat(lost.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aCodeForAWithdrawalActivatesNothingAndTheReverse() {
        try (RawPhone thief = new RawPhone(gateway, lost.number)) {
            var toWithdraw = claimByCode(found);
            String code = nextCode(lost.number, 1);

            thief.claim(thief.approve(), ProofMethod.SMS_CODE);
            var toActivate = thief.peer().expect(GatewayFrame.CodeSent.class);
            assertThat(refusal(thief, new DeviceFrame.CodeAnswer(toWithdraw.challengeId(), code))
                            .reason())
                    .isEqualTo(Reason.CODE_FOR_ANOTHER_CLAIM);
            String activating = nextCode(lost.number, 2);
            if (!activating.equals(code)) {
                assertThat(refusal(thief, new DeviceFrame.CodeAnswer(toActivate.challengeId(), code))
                                .reason())
                        .isEqualTo(Reason.CODE_WRONG);
                assertThat(refusal(found, new DeviceFrame.CodeAnswer(toWithdraw.challengeId(), activating))
                                .reason())
                        .isEqualTo(Reason.CODE_WRONG);
            }
            assertThat(refusal(found, new DeviceFrame.CodeAnswer(toActivate.challengeId(), activating))
                            .reason())
                    .isEqualTo(Reason.CODE_FOR_ANOTHER_CLAIM);
            assertThat(lost.hasNothingMore()).isTrue();
        }
    }

    @Test
    void aTextToSendForAnActivationSwitchesNothingOffAndTheReverse() throws Exception {
        try (RawPhone young = new RawPhone(gateway, lost.number)) {
            young.claim(young.approve(), ProofMethod.DEVICE_SMS);
            young.peer().expect(GatewayFrame.SmsRequested.class);
            var toWithdraw = claimByText(found);

            gateway.handset(lost.number).send(toWithdraw.serviceNumber(), toWithdraw.text());

            found.peer().expect(GatewayFrame.Withdrawn.class);
            assertThat(young.hasNothingMore()).isTrue(); // in particular no Activated
        }
    }

    @Test
    void theSmsSaysThatItsCodeSwitchesOff() {
        claimByCode(found);
        nextCode(found.number, 1);

        assertThat(gateway.handset(found.number).inbox().getLast().text()).contains("SWITCHES OFF Assent");
    }

    @Test
    void smsAndTriesAreCountedTogetherWithThoseOfActivations() {
        claimByCode(found); // the second SMS to this number, after the activation's
        var sent = claimByCode(found);
        assertThat(refusal(found, byCode(found)).reason()).isEqualTo(Reason.SMS_LIMIT);
        String wrong = wrong(nextCode(found.number, 2));
        for (int left = 4; left >= 0; left--) {
            assertThat(refusal(found, new DeviceFrame.CodeAnswer(sent.challengeId(), wrong))
                            .triesLeft())
                    .isEqualTo(left);
        }
        assertThat(refusal(found, new DeviceFrame.CodeAnswer(sent.challengeId(), wrong))
                        .reason())
                .isEqualTo(Reason.TOO_MANY_TRIES);
        try (RawPhone young = new RawPhone(gateway, lost.number)) {
            var accepted = young.approve();
            assertThat(refusal(
                                    young,
                                    new DeviceFrame.Claim(
                                            accepted.consentId(), young.number.e164(), ProofMethod.SMS_CODE))
                            .reason())
                    .isEqualTo(Reason.TOO_MANY_TRIES);
        }
    }

    @Test
    void aNewCodeReplacesTheOldOneAndAUsedOneIsGone() {
        var first = claimByCode(found);
        String firstCode = nextCode(found.number, 1);
        var second = claimByCode(found);
        assertThat(refusal(found, new DeviceFrame.CodeAnswer(first.challengeId(), firstCode))
                        .reason())
                .isEqualTo(Reason.CODE_REPLACED);
        found.reconnect();
        var third = claimByText(found);
        assertThat(refusal(found, new DeviceFrame.CodeAnswer(second.challengeId(), firstCode))
                        .reason())
                .isIn(Reason.CODE_ABANDONED, Reason.CODE_FOR_ANOTHER_CLAIM);
        assertThat(third.challengeId()).isNotEqualTo(second.challengeId());
    }

    @Test
    void aNumberThatIsNoneAndACarrierThatIsDownAreRefusedAndTheConnectionStays() throws Exception {
        assertThat(refusal(found, new DeviceFrame.WithdrawalClaim("07700 900123", ProofMethod.SMS_CODE))
                        .reason())
                .isEqualTo(Reason.NUMBER_INVALID);
        gateway.carrierDown();
        assertThat(refusal(found, byCode(found)).reason()).isEqualTo(Reason.CARRIER_UNAVAILABLE);
        gateway.carrierUp();

        found.approve(); // still Greeted: a notice may be asked for
    }

    @Test
    void onlyAGreetedConnectionMayClaimAWithdrawal() {
        var claim = new DeviceFrame.WithdrawalClaim(lost.number.e164(), ProofMethod.DEVICE_SMS);
        found.askForNotice();
        assertThat(found.peer().send(claim).goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        found.reconnect().approve();
        assertThat(found.peer().send(claim).goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        assertThat(lost.peer().send(claim).goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
        try (var early = gateway.connect()) {
            assertThat(early.send(claim).goodbye()).isEqualTo(Reason.HELLO_REQUIRED);
        }
    }

    @Test
    void afterAClaimOfAWithdrawalNothingElseIsLegal() {
        claimByText(found);
        found.peer().send(new DeviceFrame.NoticeRequest("en", 91));
        assertThat(found.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);

        claimByText(found.reconnect());
        found.signIn(lost.deviceId());
        assertThat(found.peer().goodbye()).isEqualTo(Reason.FRAME_UNEXPECTED);
    }

    @Test
    void aSwitchedOffNumberCanBeActivatedAgainByANewApproval() throws Exception {
        var requested = claimByText(found);
        gateway.handset(found.number).send(requested.serviceNumber(), requested.text());
        found.peer().expect(GatewayFrame.Withdrawn.class);

        found.reconnect().activate();

        assertThat(found.hasNothingMore()).isTrue();
    }

    @Test
    void aClaimLeavesNothingInTheStoreButTheNumbersCounters() throws Exception {
        try (RawPhone stranger = gateway.phone()) {
            claimByText(stranger);
            claimByCode(stranger);
            stranger.goAway();
        }
        lost.goAway();
        found.goAway();
        gateway.awaitNobody();
        gateway.stop();
        int activations = StoreRows.count(gateway.folder(), "activation");
        int consents = StoreRows.count(gateway.folder(), "consent");
        int counters = StoreRows.count(gateway.folder(), "counter");
        gateway.startAgain();
        try (RawPhone stranger = gateway.phone()) {
            claimByText(stranger);
            claimByCode(stranger);
            stranger.goAway();
        }
        gateway.awaitNobody();
        gateway.stop();
        assertThat(StoreRows.count(gateway.folder(), "activation")).isEqualTo(activations);
        assertThat(StoreRows.count(gateway.folder(), "consent")).isEqualTo(consents);
        assertThat(StoreRows.count(gateway.folder(), "counter")).isEqualTo(counters + 1);
        gateway.startAgain();
    }

    private static GatewayFrame.Refused refusal(RawPhone phone, DeviceFrame frame) {
        return phone.peer().send(frame).expect(GatewayFrame.Refused.class);
    }

    private static String wrong(String code) {
        return code.startsWith("1") ? "200000" : "100000";
    }
}
