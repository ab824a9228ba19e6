package assent.device;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.KeyPair;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// A receipt proves what the user approved, or is refused.
class ReceiptTest extends ActivatingTestBase {
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
