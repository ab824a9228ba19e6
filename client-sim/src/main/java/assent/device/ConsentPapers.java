package assent.device;

import assent.protocol.Bytes;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.Notice;

/// What the user can show anyone: the notice that was read, the grant that was signed, the receipt
/// that came back; each in its canonical bytes. Immutable.
///
/// @param grantSignature by the device's key
/// @param receiptSignature by the gateway's signing key
public record ConsentPapers(Bytes notice, Bytes grant, Bytes grantSignature, Bytes receipt, Bytes receiptSignature) {
    public Notice parseNotice() {
        return Notice.parse(notice);
    }

    public ConsentReceipt parseReceipt() {
        return ConsentReceipt.parse(receipt);
    }
}
