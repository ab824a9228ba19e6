package assent.server.store;

import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.PublicKey;

/// The device that has a number, as its live session knows it: its activation but for the receipt, which is
/// a kilobyte, and is needed at a renewal only. Immutable.
///
/// @param consentId of the consent that the activation rests on
/// @param noticeVersion of the notice that it approved
/// @param locale of that notice
public record Holder(
        PhoneNumber number,
        DeviceId deviceId,
        PublicKey deviceKey,
        ConsentId consentId,
        String noticeVersion,
        String locale) {
    /// Versions and locales are those of the gateway's few notices, so each is kept once.
    public Holder {
        noticeVersion = noticeVersion.intern();
        locale = locale.intern();
    }

    public static Holder of(Activation activation) {
        return new Holder(
                activation.number(),
                activation.deviceId(),
                activation.deviceKey(),
                activation.consentId(),
                activation.noticeVersion(),
                ConsentReceipt.localeOf(activation.receipt()));
    }
}
