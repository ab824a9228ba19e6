package assent.device;

import static assent.device.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.Es256;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// From the notice to the receipt, with a gateway that may lie.
class ActivationTest extends DeviceTestBase {
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final Notice notice = Fixtures.notice();
    private final ConsentId consentId = ConsentId.random();
    private final ChallengeId challengeId = ChallengeId.random();
    private final DeviceId deviceId = DeviceId.random();
    private Device device;
    private ScriptedPeer peer;

    @BeforeEach
    void connect() {
        device = open(folder());
        var connected = device.connect();
        peer = gateway.nextConnection().welcome();
        get(connected, ConnectAnswer.Greeted.class);
    }

    private NoticeAnswer.NoticeShown showNotice() {
        var answer = device.notice(91);
        var request = peer.expect(DeviceFrame.NoticeRequest.class);
        assertThat(request).isEqualTo(new DeviceFrame.NoticeRequest("en", 91));
        peer.send(new GatewayFrame.NoticeText(notice.canonical()));
        return get(answer, NoticeAnswer.NoticeShown.class);
    }

    private ConsentGrant approve() {
        var answer = device.approve(showNotice().notice());
        var approval = peer.expect(DeviceFrame.Approval.class);
        var grant = ConsentGrant.parse(approval.grant());
        assertThat(Es256.verify(grant.deviceKey(), approval.grant(), approval.signature()))
                .isTrue();
        peer.send(new GatewayFrame.ApprovalAccepted(consentId, List.of(ProofMethod.values()), LIFE));
        get(answer, ApprovalAnswer.Approved.class);
        return grant;
    }

    private void claim(ProofMethod method) {
        var answer = device.claim(ALICE, method);
        assertThat(peer.expect(DeviceFrame.Claim.class))
                .isEqualTo(new DeviceFrame.Claim(consentId, ALICE.e164(), method));
        switch (method) {
            case SMS_CODE -> {
                peer.send(new GatewayFrame.CodeSent(challengeId, LIFE, 5));
                assertThat(get(answer)).isEqualTo(new ClaimAnswer.CodeExpected(5, LIFE));
            }
            case DEVICE_SMS -> {
                peer.send(new GatewayFrame.SmsRequested(challengeId, "7700", "ASSENT abc", LIFE));
                assertThat(get(answer)).isEqualTo(new ClaimAnswer.SmsToSend("7700", "ASSENT abc", LIFE));
            }
        }
    }

    private GatewayFrame.Activated activated(ConsentReceipt receipt) {
        return new GatewayFrame.Activated(
                deviceId, receipt.canonical(), gateway.signingKey().sign(receipt.canonical()));
    }

    private ConsentReceipt receipt(ConsentGrant grant, ProofMethod method) {
        return Fixtures.receipt(notice, grant, consentId, deviceId, method);
    }

    @Test
    void aUserWhoApprovesAndTypesTheCodeIsActivatedAndSignedIn() {
        var grant = approve();
        claim(ProofMethod.SMS_CODE);
        var answer = device.answer("123456");
        assertThat(peer.expect(DeviceFrame.CodeAnswer.class))
                .isEqualTo(new DeviceFrame.CodeAnswer(challengeId, "123456"));
        peer.send(activated(receipt(grant, ProofMethod.SMS_CODE)));

        var activation = get(answer, ActivationAnswer.Activation.class);

        assertThat(activation.deviceId()).isEqualTo(deviceId);
        assertThat(get(device.receipt()).orElseThrow().parseReceipt()).isEqualTo(activation.receipt());
        send(device, Fixtures.BOB, "hello");
        peer.expect(DeviceFrame.Send.class);
    }

    @Test
    void theGrantSaysWhatWasOnTheScreenAndIsBoundToTheConnection() {
        var grant = approve();

        assertThat(grant.noticeHash()).isEqualTo(notice.hash());
        assertThat(grant.purposes()).containsExactly("delivery");
        assertThat(grant.countryCallingCode()).isEqualTo(91);
        assertThat(grant.serverNonce()).isEqualTo(peer.nonce());
    }

    @Test
    void nothingPersonalLeavesTheDeviceBeforeTheApproval() {
        showNotice();

        peer.expectNothingMore();
    }

    @Test
    void anActivationSurvivesARestart() {
        var grant = approve();
        claim(ProofMethod.SMS_CODE);
        var answer = device.answer("123456");
        peer.expect(DeviceFrame.CodeAnswer.class);
        peer.send(activated(receipt(grant, ProofMethod.SMS_CODE)));
        get(answer, ActivationAnswer.Activation.class);
        get(device.close());

        var store = folder();
        var activation = activationIn(store);
        var connected = open(store).connect();
        gateway.nextConnection().signIn(activation);

        get(connected, ConnectAnswer.SignedIn.class);
        assertThat(activation.number()).isEqualTo(ALICE);
    }

    @Test
    void aDeviceSmsCompletesTheActivationByItself() {
        var grant = approve();
        claim(ProofMethod.DEVICE_SMS);
        var activated = device.activated();

        peer.send(activated(receipt(grant, ProofMethod.DEVICE_SMS)));

        get(activated, ActivationAnswer.Activation.class);
    }

    @Test
    void aWrongCodeIsAValueAndTheUserMayTryAgain() {
        approve();
        claim(ProofMethod.SMS_CODE);
        var first = device.answer("000000");
        peer.expect(DeviceFrame.CodeAnswer.class);
        peer.send(new GatewayFrame.Refused(Reason.CODE_WRONG, Optional.empty(), 4));

        assertThat(get(first)).isEqualTo(new Refused(Reason.CODE_WRONG, Optional.empty(), 4));
        device.answer("123456");
        peer.expect(DeviceFrame.CodeAnswer.class);
    }

    @Test
    void anotherCodeMayBeAskedFor() {
        approve();
        claim(ProofMethod.SMS_CODE);

        claim(ProofMethod.SMS_CODE);
    }

    @Test
    void aClosedActivationSaysWhyAndWhenToComeBack() {
        var answer = device.notice(91);
        peer.expect(DeviceFrame.NoticeRequest.class);
        peer.send(new GatewayFrame.ActivationClosed(Reason.ACTIVATION_PAUSED, Optional.of(LIFE)));

        assertThat(get(answer))
                .isEqualTo(new NoticeAnswer.ActivationClosed(Reason.ACTIVATION_PAUSED, Optional.of(LIFE)));
    }

    @Test
    void aRefusedClaimLeavesTheApprovalStanding() {
        approve();
        var refused = device.claim(ALICE, ProofMethod.SMS_CODE);
        peer.expect(DeviceFrame.Claim.class);
        peer.send(new GatewayFrame.Refused(Reason.CARRIER_UNAVAILABLE, Optional.of(LIFE), 0));

        assertThat(get(refused)).isEqualTo(new Refused(Reason.CARRIER_UNAVAILABLE, Optional.of(LIFE), 0));
        claim(ProofMethod.DEVICE_SMS);
    }

    @Test
    void afterADisconnectionTheUserStartsAgain() {
        approve();
        claim(ProofMethod.SMS_CODE);
        var answer = device.answer("123456");
        peer.expect(DeviceFrame.CodeAnswer.class);

        peer.hangUp();

        get(answer, StartAgain.class);
        get(device.claim(ALICE, ProofMethod.SMS_CODE), StartAgain.class);
        assertThat(gateway.hasConnection()).isFalse();
    }

    @Test
    void aCallOutOfItsTurnIsTheAppsMistake() {
        var claim = device.claim(ALICE, ProofMethod.SMS_CODE);

        assertThatThrownBy(claim::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(IllegalStateException.class)
                .hasMessageContaining("notice, approve, claim, answer");
        peer.expectNothingMore();
    }

    @Test
    void aNoticeThatWasNotShownOnThisConnectionCannotBeApproved() {
        showNotice();
        var other = new Notice("other", "en", "t", "c", notice.items(), notice.purposes(), "r", "in", "c", 1, "w");

        assertThatThrownBy(() -> device.approve(other).join()).hasCauseInstanceOf(IllegalStateException.class);
        peer.expectNothingMore();
    }

    @Test
    void aReceiptWithAWrongSignatureIsRefusedAndNothingIsKept() {
        var grant = approve();
        claim(ProofMethod.SMS_CODE);
        var receipt = receipt(grant, ProofMethod.SMS_CODE);
        var forged = new GatewayFrame.Activated(
                deviceId, receipt.canonical(), KeyPair.generate().sign(receipt.canonical()));

        assertUnproven(forged, "the receipt's signature");
    }

    @Test
    void aReceiptForAnotherGrantIsRefused() {
        assertRefusedReceipt(
                receipt -> with(receipt, Bytes.wrap(new byte[32]), receipt.retention(), receipt.purposes()), "grant");
    }

    @Test
    void aReceiptThatKeepsDataLongerThanTheNoticeSaidIsRefused() {
        assertRefusedReceipt(
                receipt -> with(receipt, receipt.grantHash(), "For ever", receipt.purposes()), "retention");
    }

    @Test
    void aReceiptWithMorePurposesThanWereApprovedIsRefused() {
        assertRefusedReceipt(
                receipt -> with(receipt, receipt.grantHash(), receipt.retention(), List.of("delivery", "marketing")),
                "purposes");
    }

    @Test
    void aReceiptThatIsNoDocumentIsRefused() {
        approve();
        claim(ProofMethod.SMS_CODE);
        var nonsense = Bytes.utf8("nonsense");

        assertUnproven(
                new GatewayFrame.Activated(
                        deviceId, nonsense, gateway.signingKey().sign(nonsense)),
                "the receipt's form");
    }

    private void assertRefusedReceipt(UnaryOperator<ConsentReceipt> lie, String line) {
        var grant = approve();
        claim(ProofMethod.SMS_CODE);
        assertUnproven(activated(lie.apply(receipt(grant, ProofMethod.SMS_CODE))), "the receipt's line '" + line + "'");
    }

    private void assertUnproven(GatewayFrame.Activated lie, String what) {
        var answer = device.answer("123456");
        peer.expect(DeviceFrame.CodeAnswer.class);
        peer.send(lie);

        assertThat(get(answer)).isEqualTo(new ActivationAnswer.Unproven(what));
        assertThat(get(device.standing())).isEqualTo(new Standing.NotActivated());
        eventually(() -> assertThat(peer.isClosed()).isTrue());
        assertThat(parent.resolve("device/key")).doesNotExist();
    }

    private static ConsentReceipt with(ConsentReceipt r, Bytes grantHash, String retention, List<String> purposes) {
        return new ConsentReceipt(
                r.consentId(),
                r.deviceId(),
                r.deviceKey(),
                grantHash,
                r.noticeHash(),
                r.noticeVersion(),
                r.locale(),
                r.countryCallingCode(),
                r.controller(),
                r.items(),
                purposes,
                retention,
                r.region(),
                r.withdrawal(),
                r.proofMethod(),
                r.approvedAt(),
                r.recordedAt(),
                r.activatedAt());
    }
}
