package assent.protocol.consent;

import assent.protocol.Bytes;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// ES256: ECDSA over P-256 with SHA-256 (RFC 7518, clause 3.4); a signature is r ‖ s, 64 bytes.
/// Thread-safe.
///
/// Verification takes 70 to 120 µs with the Amazon Corretto Crypto Provider and 1 to 2 ms with the
/// platform's own, so the former is asked for by name where it loads; the JVM's order of providers
/// stays as it is.
public final class Es256 {
    public static final int SIGNATURE_BYTES = 64;

    private static final String ALGORITHM = "SHA256withECDSAinP1363Format";

    /// DER before the point in a SubjectPublicKeyInfo of P-256 (RFC 5480): fixed, since the curve
    /// and the length are.
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");

    private static final Provider PROVIDER = fastestProvider();

    /// To look for algorithm and provider takes half as long as to verify.
    private static final ThreadLocal<Verifier> VERIFIERS = ThreadLocal.withInitial(() -> Verifier.of(PROVIDER));

    private Es256() {}

    /// Whether `signature` is `key`'s over `bytes`; a malformed signature is simply not.
    public static boolean verify(PublicKey key, Bytes bytes, Bytes signature) {
        return VERIFIERS.get().verify(key, bytes, signature);
    }

    static boolean verify(Provider provider, PublicKey key, Bytes bytes, Bytes signature) {
        return Verifier.of(provider).verify(key, bytes, signature);
    }

    /// Confined to its thread, and used for one signature after the other.
    private record Verifier(Signature signatures, KeyFactory keys) {
        static Verifier of(Provider provider) {
            try {
                return new Verifier(Signature.getInstance(ALGORITHM, provider), KeyFactory.getInstance("EC", provider));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("ES256 does not work on this platform", e);
            }
        }

        boolean verify(PublicKey key, Bytes bytes, Bytes signature) {
            if (signature.length() != SIGNATURE_BYTES) {
                return false;
            }
            try {
                signatures.initVerify(keys.generatePublic(new X509EncodedKeySpec(spki(key))));
                signatures.update(bytes.borrow());
                return signatures.verify(signature.borrow());
            } catch (SignatureException e) {
                return false;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("ES256 does not work on this platform", e);
            }
        }
    }

    static Bytes sign(PrivateKey key, Bytes bytes) {
        try {
            var signer = Signature.getInstance(ALGORITHM, PROVIDER);
            signer.initSign(key);
            signer.update(bytes.borrow());
            return Bytes.wrap(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("ES256 does not work on this platform", e);
        }
    }

    /// The key as SubjectPublicKeyInfo (RFC 5280), which other tools read.
    public static byte[] spki(PublicKey key) {
        byte[] spki = Arrays.copyOf(SPKI_PREFIX, SPKI_PREFIX.length + PublicKey.POINT_BYTES);
        System.arraycopy(key.point().borrow(), 0, spki, SPKI_PREFIX.length, PublicKey.POINT_BYTES);
        return spki;
    }

    static PublicKey publicKeyOf(ECPublicKey key) {
        byte[] point = new byte[PublicKey.POINT_BYTES];
        point[0] = 4;
        put(key.getW().getAffineX(), point, 1);
        put(key.getW().getAffineY(), point, 33);
        return PublicKey.ofPoint(Bytes.wrap(point));
    }

    private static void put(BigInteger coordinate, byte[] point, int offset) {
        byte[] bytes = coordinate.toByteArray();
        int length = Math.min(bytes.length, 32);
        System.arraycopy(bytes, bytes.length - length, point, offset + 32 - length, length);
    }

    static Provider fastestProvider() {
        try {
            var accp = (Provider) Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
                    .getField("INSTANCE")
                    .get(null);
            Signature.getInstance(ALGORITHM, accp);
            KeyFactory.getInstance("EC", accp);
            return accp;
        } catch (ReflectiveOperationException | GeneralSecurityException | LinkageError e) {
            return platformProvider();
        }
    }

    static Provider platformProvider() {
        try {
            return Signature.getInstance(ALGORITHM).getProvider();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has ES256", e);
        }
    }
}
