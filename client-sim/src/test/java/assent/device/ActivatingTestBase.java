package assent.device;

import static assent.device.Fixtures.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.ChallengeId;
import assent.protocol.ConsentId;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.Es256;
import assent.protocol.consent.Notice;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/// The steps of an activation, each with the gateway saying yes.
abstract class ActivatingTestBase extends DeviceTestBase {
    static final Duration LIFE = Duration.ofMinutes(5);

    final Notice notice = Fixtures.notice();
    final ConsentId consentId = ConsentId.random();
    final ChallengeId challengeId = ChallengeId.random();
    final DeviceId deviceId = DeviceId.random();
    Device device;
    ScriptedPeer peer;

    @BeforeEach
    void connect() {
        device = open(folder());
        var connected = device.connect();
        peer = gateway.nextConnection().welcome();
        get(connected, ConnectAnswer.Greeted.class);
    }

    NoticeAnswer.NoticeShown showNotice() {
        var answer = device.notice(91);
        var request = peer.expect(DeviceFrame.NoticeRequest.class);
        assertThat(request).isEqualTo(new DeviceFrame.NoticeRequest("en", 91));
        peer.send(new GatewayFrame.NoticeText(notice.canonical()));
        return get(answer, NoticeAnswer.NoticeShown.class);
    }

    ConsentGrant approve() {
        var answer = device.approve(showNotice().notice());
        var approval = peer.expect(DeviceFrame.Approval.class);
        var grant = ConsentGrant.parse(approval.grant());
        assertThat(Es256.verify(grant.deviceKey(), approval.grant(), approval.signature()))
                .isTrue();
        peer.send(new GatewayFrame.ApprovalAccepted(consentId, List.of(ProofMethod.values()), LIFE));
        get(answer, ApprovalAnswer.Approved.class);
        return grant;
    }

    void claim(ProofMethod method) {
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

    GatewayFrame.Activated activated(ConsentReceipt receipt) {
        return new GatewayFrame.Activated(
                deviceId, receipt.canonical(), gateway.signingKey().sign(receipt.canonical()));
    }

    ConsentReceipt receipt(ConsentGrant grant, ProofMethod method) {
        return Fixtures.receipt(notice, grant, consentId, deviceId, method);
    }
}
