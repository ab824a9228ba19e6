package assent.server.keys;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/// HKDF-SHA-256 (RFC 5869), without salt: what goes in is uniformly random already.
final class Derivation {
    private Derivation() {}

    static byte[] derive(Bytes secret, String label, int length) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveData(HKDFParameterSpec.ofExtract()
                            .addIKM(secret.borrow())
                            .thenExpand(label.getBytes(StandardCharsets.UTF_8), length));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform from 25 on has HKDF-SHA256", e);
        }
    }
}
