package assent.server.admin.access;

import assent.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// What is kept of a password: PBKDF2-HMAC-SHA-256 (RFC 8018) over a salt of its own. Immutable.
record PasswordHash(Bytes salt, int iterations, Bytes hash) {
    /// About a third of a second.
    private static final int ITERATIONS = 600_000;

    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;

    /// Blocks for as long as a hash takes.
    static PasswordHash of(String password, Random random) {
        Bytes salt = Bytes.wrap(random.bytes(SALT_BYTES));
        return new PasswordHash(salt, ITERATIONS, derive(password, salt, ITERATIONS));
    }

    /// Blocks for as long as a hash takes, whatever the answer.
    boolean matches(String password) {
        return MessageDigest.isEqual(
                hash.borrow(), derive(password, salt, iterations).borrow());
    }

    private static Bytes derive(String password, Bytes salt, int iterations) {
        var spec = new PBEKeySpec(password.toCharArray(), salt.borrow(), iterations, HASH_BITS);
        try {
            return Bytes.wrap(SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    @Override
    public String toString() {
        return "PasswordHash[hidden]";
    }
}
