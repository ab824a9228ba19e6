package assent.server.consent;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.DeviceId;
import assent.protocol.ProofMethod;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.ConsentReceipt;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Notice;
import assent.protocol.consent.Sha256;
import assent.protocol.consent.SignedDocument;
import java.time.Instant;
import java.util.List;

/// Writes and countersigns consent receipts. Thread-safe; a signature takes about 0.1 ms.
public final class Receipts {
    private final KeyPair signing;

    public Receipts(KeyPair signing) {
        this.signing = signing;
    }

    /// A document with the gateway's signature over its canonical bytes.
    public record Countersigned(Bytes canonical, Bytes signature) {}

    /// @param recordedAt when the consent was stored
    public Countersigned receipt(
            ConsentId consentId,
            DeviceId deviceId,
            ConsentGrant grant,
            Notice notice,
            ProofMethod proof,
            Instant recordedAt,
            Instant activatedAt) {
        return countersign(new ConsentReceipt(
                consentId,
                deviceId,
                grant.deviceKey(),
                Sha256.of(grant.canonical()),
                grant.noticeHash(),
                notice.version(),
                grant.locale(),
                grant.countryCallingCode(),
                notice.controller(),
                List.copyOf(notice.items().keySet()),
                grant.purposes(),
                notice.retention(),
                notice.region(),
                notice.withdrawal(),
                proof,
                grant.approvedAt(),
                recordedAt,
                activatedAt));
    }

    Countersigned countersign(SignedDocument document) {
        Bytes canonical = document.canonical();
        return new Countersigned(canonical, signing.sign(canonical));
    }
}
