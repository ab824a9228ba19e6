package assent.protocol.consent;

import assent.protocol.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// All that proves one consent, in canonical bytes: whoever has it and the gateway's public key can
/// check it without asking anybody. Immutable.
///
/// @param grantSignature by the device's key
/// @param receiptSignature by the gateway's signing key
public record ConsentEvidence(Bytes notice, Bytes grant, Bytes grantSignature, Bytes receipt, Bytes receiptSignature) {
    /// @param what was looked at, in words for people
    public record Check(String what, boolean isPassed) {}

    /// The evidence as JSON, with the fields of ISO/IEC TS 27560 and the signed bytes that they
    /// come from.
    ///
    /// @throws MalformedDocument if one of the three documents is none
    public String toJson() {
        return Json.write(fields());
    }

    /// What [#toJson] says, for use within another JSON text.
    ///
    /// @throws MalformedDocument if one of the three documents is none
    public Map<String, Object> fields() {
        return ReceiptFields.of(this, Notice.parse(notice), ConsentReceipt.parse(receipt));
    }

    /// Checks everything that can be checked with the gateway's public key alone. Documents that
    /// are none fail the checks that need them.
    ///
    /// @return what was checked, in order; the consent is proven if all passed
    public List<Check> check(PublicKey gatewayKey) {
        List<Check> checks = new ArrayList<>();
        checks.add(new Check(
                "the gateway's signature is its key's over the receipt",
                Es256.verify(gatewayKey, receipt, receiptSignature)));
        ConsentReceipt read;
        ConsentGrant approved;
        Notice shown;
        try {
            read = ConsentReceipt.parse(receipt);
            approved = ConsentGrant.parse(grant);
            shown = Notice.parse(notice);
        } catch (MalformedDocument e) {
            checks.add(new Check("receipt, grant and notice are canonical documents", false));
            return checks;
        }
        checks.add(new Check("receipt, grant and notice are canonical documents", true));
        checks.add(new Check(
                "the receipt names the grant by its hash", read.grantHash().equals(Sha256.of(grant))));
        checks.add(new Check(
                "the device's signature is its key's over the grant",
                read.deviceKey().equals(approved.deviceKey())
                        && Es256.verify(approved.deviceKey(), grant, grantSignature)));
        checks.add(new Check(
                "receipt and grant name the notice by its hash",
                read.noticeHash().equals(shown.hash()) && approved.noticeHash().equals(shown.hash())));
        checks.add(new Check("the receipt says what notice and grant say", agree(read, approved, shown)));
        return checks;
    }

    private static boolean agree(ConsentReceipt receipt, ConsentGrant grant, Notice notice) {
        return receipt.noticeVersion().equals(notice.version())
                && receipt.locale().equals(notice.locale())
                && receipt.locale().equals(grant.locale())
                && receipt.countryCallingCode() == grant.countryCallingCode()
                && receipt.controller().equals(notice.controller())
                && receipt.items().equals(List.copyOf(notice.items().keySet()))
                && receipt.purposes().equals(grant.purposes())
                && receipt.purposes().equals(List.copyOf(notice.purposes().keySet()))
                && receipt.retention().equals(notice.retention())
                && receipt.region().equals(notice.region())
                && receipt.withdrawal().equals(notice.withdrawal())
                && receipt.approvedAt().equals(grant.approvedAt());
    }
}
