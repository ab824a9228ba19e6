package assent.protocol.consent;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Locale;

/// What a device signs to sign in: the ASCII label `assent sign-in v1`, the server nonce, and the hash of the
/// certificate
/// that the server presented, one after the other. A signature is worth nothing on another connection or behind another
/// certificate.
public final class SignInProof {
    private static final byte[] LABEL = "assent sign-in v1".getBytes(StandardCharsets.US_ASCII);

    private SignInProof() {}

    /// @param channelBinding see [#tlsServerEndPoint]
    public static Bytes bytesToSign(Bytes serverNonce, Bytes channelBinding) {
        var bytes = new byte[LABEL.length + serverNonce.length() + channelBinding.length()];
        System.arraycopy(LABEL, 0, bytes, 0, LABEL.length);
        System.arraycopy(serverNonce.borrow(), 0, bytes, LABEL.length, serverNonce.length());
        System.arraycopy(
                channelBinding.borrow(), 0, bytes, LABEL.length + serverNonce.length(), channelBinding.length());
        return Bytes.wrap(bytes);
    }

    /// The `tls-server-end-point` channel binding (RFC 5929, clause 4.1): the certificate's DER hashed with the hash
    /// function of its own signature algorithm, or with SHA-256 where that is MD5, SHA-1 or none.
    public static Bytes tlsServerEndPoint(X509Certificate certificate) {
        try {
            return Bytes.wrap(MessageDigest.getInstance(hashOf(certificate.getSigAlgName()))
                    .digest(certificate.getEncoded()));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a certificate that was presented has an encoding and a known hash", e);
        }
    }

    private static String hashOf(String signatureAlgorithm) {
        String upper = signatureAlgorithm.toUpperCase(Locale.ROOT);
        if (upper.startsWith("SHA384")) {
            return "SHA-384";
        }
        return upper.startsWith("SHA512") ? "SHA-512" : "SHA-256";
    }
}
