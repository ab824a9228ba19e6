package assent.device;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import java.time.Instant;
import java.util.List;

/// The user's signed yes to a newer notice, until its receipt is here: each part in its canonical bytes.
/// Immutable.
///
/// @param grantSignature by the device's key
public record PendingRenewal(Bytes notice, Bytes grant, Bytes grantSignature) {
    static PendingRenewal sign(Notice notice, PhoneNumber number, KeyPair key, Bytes serverNonce, Instant approvedAt) {
        var grant = new ConsentGrant(
                        notice.hash(),
                        List.copyOf(notice.purposes().keySet()),
                        notice.locale(),
                        number.callingCode(),
                        key.publicKey(),
                        serverNonce,
                        approvedAt)
                .canonical();
        return new PendingRenewal(notice.canonical(), grant, key.sign(grant));
    }

    Instant approvedAt() {
        return ConsentGrant.parse(grant).approvedAt();
    }

    DeviceFrame.Renewal frame() {
        return new DeviceFrame.Renewal(grant, grantSignature);
    }

    ConsentPapers with(Bytes receipt, Bytes receiptSignature) {
        return new ConsentPapers(notice, grant, grantSignature, receipt, receiptSignature);
    }
}
