package assent.protocol.consent;

import assent.protocol.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// SHA-256 (FIPS 180-4).
public final class Sha256 {
    private Sha256() {}

    public static Bytes of(Bytes bytes) {
        return of(bytes.borrow());
    }

    public static Bytes of(byte[] bytes) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
