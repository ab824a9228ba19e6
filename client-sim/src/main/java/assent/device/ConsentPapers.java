package assent.device;

import assent.protocol.Bytes;
import assent.protocol.consent.ConsentEvidence;
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

    /// The receipt as a JSON file with the fields of ISO/IEC TS 27560 and the signed bytes inside, which
    /// `gateway receipt verify` checks.
    public String toJson() {
        return new ConsentEvidence(notice, grant, grantSignature, receipt, receiptSignature).toJson();
    }

    public ConsentReceipt parseReceipt() {
        return ConsentReceipt.parse(receipt);
    }
}
