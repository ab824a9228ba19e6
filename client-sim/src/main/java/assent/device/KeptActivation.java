package assent.device;

import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;

/// An activation as its device keeps it. Immutable; printing shows neither the number nor the private
/// key.
///
/// @param number the phone's own
/// @param key signs in; its public half is in the grant
/// @param signingKey the gateway's, as it was at activation: later receipts and certificates are
///     checked with it
public record KeptActivation(
        DeviceId deviceId, PhoneNumber number, KeyPair key, PublicKey signingKey, ConsentPapers papers) {
    static KeptActivation of(GatewayFrame.Activated answer, Step.Challenged challenged, PublicKey signingKey) {
        var approval = challenged.approved().approval();
        return new KeptActivation(
                answer.deviceId(),
                challenged.claim().number(),
                approval.key(),
                signingKey,
                new ConsentPapers(
                        approval.notice().canonical(),
                        approval.grant().canonical(),
                        approval.signature(),
                        answer.receipt(),
                        answer.receiptSignature()));
    }

    @Override
    public String toString() {
        return "KeptActivation[" + deviceId + "]";
    }
}
