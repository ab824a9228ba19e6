package assent.server.store;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.PublicKey;
import java.time.Instant;

/// A number bound to a device's key by a consent and a passed challenge. Immutable.
///
/// @param noticeVersion of the notice that the consent approved
/// @param receipt canonical bytes of the [assent.protocol.consent.ConsentReceipt]
/// @param receiptSignature the gateway's over the receipt
/// @param activatedAt by the gateway's clock
public record Activation(
        PhoneNumber number,
        DeviceId deviceId,
        PublicKey deviceKey,
        ConsentId consentId,
        String noticeVersion,
        Bytes receipt,
        Bytes receiptSignature,
        Instant activatedAt) {
    /// The same activation on another consent.
    public Activation on(ConsentId consentId, String noticeVersion, Bytes receipt, Bytes receiptSignature) {
        return new Activation(
                number, deviceId, deviceKey, consentId, noticeVersion, receipt, receiptSignature, activatedAt);
    }
}
