package assent.device;

import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.PublicKey;
import java.util.Optional;

/// An activation as its device keeps it. Immutable; printing shows neither the number nor the private
/// key.
///
/// @param number the phone's own
/// @param key signs in; its public half is in the grant
/// @param signingKey the gateway's, as it was at activation: later receipts and certificates are
///     checked with it
/// @param renewal the user's yes to a newer notice whose receipt is not here yet
public record KeptActivation(
        DeviceId deviceId,
        PhoneNumber number,
        KeyPair key,
        PublicKey signingKey,
        ConsentPapers papers,
        Optional<PendingRenewal> renewal) {
    /// Without a renewal under way.
    public KeptActivation(
            DeviceId deviceId, PhoneNumber number, KeyPair key, PublicKey signingKey, ConsentPapers papers) {
        this(deviceId, number, key, signingKey, papers, Optional.empty());
    }

    KeptActivation renewing(PendingRenewal pending) {
        return new KeptActivation(deviceId, number, key, signingKey, papers, Optional.of(pending));
    }

    KeptActivation notRenewing() {
        return new KeptActivation(deviceId, number, key, signingKey, papers);
    }

    KeptActivation renewed(ConsentPapers newer) {
        return new KeptActivation(deviceId, number, key, signingKey, newer);
    }

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
