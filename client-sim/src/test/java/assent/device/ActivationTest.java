package assent.device;

import static assent.device.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.Reason;
import assent.protocol.consent.Notice;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/// From the notice to the receipt, with a gateway that may lie.
class ActivationTest extends ActivatingTestBase {
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

        var activation = get(activated, ActivationAnswer.Activation.class);
        assertThat(get(device.activated())).isEqualTo(activation);
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
}
