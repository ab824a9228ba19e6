package assent.device;

import assent.protocol.Bytes;
import assent.protocol.consent.ErasureCertificate;
import assent.protocol.consent.PublicKey;

/// All that a device keeps after withdrawal. Immutable.
///
/// @param certificate canonical bytes of an [ErasureCertificate]
/// @param signature the gateway's over them
/// @param signingKey whose signature it is
public record KeptErasure(Bytes certificate, Bytes signature, PublicKey signingKey) {
    public ErasureCertificate parseCertificate() {
        return ErasureCertificate.parse(certificate);
    }
}
