package assent.protocol.consent;

import assent.protocol.Bytes;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;

/// A P-256 key pair held in memory: a device's key, or the gateway's signing key. Immutable;
/// printing shows the public part only.
public final class KeyPair {
    private final PublicKey publicKey;
    private final PrivateKey privateKey;

    private KeyPair(PublicKey publicKey, PrivateKey privateKey) {
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    public static KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            return new KeyPair(Es256.publicKeyOf((ECPublicKey) pair.getPublic()), pair.getPrivate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has P-256", e);
        }
    }

    /// @param pkcs8 the private key as [#pkcs8] gave it
    /// @throws IllegalArgumentException if it is no PKCS #8 private key of P-256, or not the public
    ///     key's
    public static KeyPair restore(PublicKey publicKey, Bytes pkcs8) {
        try {
            var pair = new KeyPair(
                    publicKey, KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.borrow())));
            Bytes probe = Bytes.utf8("assent key pair check");
            if (!Es256.verify(publicKey, probe, pair.sign(probe))) {
                throw new IllegalArgumentException("the private key does not belong to the public key");
            }
            return pair;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a PKCS #8 private key of P-256", e);
        }
    }

    public PublicKey publicKey() {
        return publicKey;
    }

    /// The private key for safe-keeping. Secret.
    public Bytes pkcs8() {
        return Bytes.wrap(privateKey.getEncoded());
    }

    /// ES256 over `bytes`: r ‖ s, 64 bytes.
    public Bytes sign(Bytes bytes) {
        return Es256.sign(privateKey, bytes);
    }

    @Override
    public String toString() {
        return "KeyPair[" + publicKey + "]";
    }
}
