package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.spec.PSSParameterSpec;
import java.util.Locale;

/// What a device signs to sign in: the ASCII label `assent sign-in v1`, the server nonce, and the
/// hash of the certificate that the server presented, one after the other. A signature is worth
/// nothing on another connection or behind another certificate.
public final class SignInProof {
    private static final byte[] LABEL = "assent sign-in v1".getBytes(StandardCharsets.US_ASCII);
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    private SignInProof() {}

    /// @param serverNonce of the connection's Welcome
    /// @param channelBinding see [#tlsServerEndPoint]
    public static Bytes bytesToSign(Bytes serverNonce, Bytes channelBinding) {
        DocumentValues.requireLength("server-nonce", serverNonce, Limits.NONCE_BYTES);
        var bytes = new byte[LABEL.length + serverNonce.length() + channelBinding.length()];
        System.arraycopy(LABEL, 0, bytes, 0, LABEL.length);
        System.arraycopy(serverNonce.borrow(), 0, bytes, LABEL.length, serverNonce.length());
        System.arraycopy(
                channelBinding.borrow(), 0, bytes, LABEL.length + serverNonce.length(), channelBinding.length());
        return Bytes.wrap(bytes);
    }

    /// The `tls-server-end-point` channel binding (RFC 5929, clause 4.1): the certificate's DER
    /// hashed with the hash function of its own signature algorithm, or with SHA-256 where that is
    /// MD5, SHA-1 or none.
    public static Bytes tlsServerEndPoint(X509Certificate certificate) {
        try {
            return Bytes.wrap(MessageDigest.getInstance(hashOf(certificate)).digest(certificate.getEncoded()));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a certificate that was presented has an encoding and a known hash", e);
        }
    }

    private static String hashOf(X509Certificate certificate) {
        String hash = certificate.getSigAlgOID().equals(RSASSA_PSS)
                ? hashOfPss(certificate)
                : certificate.getSigAlgName().toUpperCase(Locale.ROOT).split("WITH", 2)[0];
        return switch (hash) {
            case "SHA224", "SHA-224" -> "SHA-224";
            case "SHA384", "SHA-384" -> "SHA-384";
            case "SHA512", "SHA-512" -> "SHA-512";
            default -> "SHA-256";
        };
    }

    /// RSASSA-PSS names its hash in the parameters, not in the algorithm (RFC 4055, clause 3.1).
    private static String hashOfPss(X509Certificate certificate) {
        try {
            var parameters = AlgorithmParameters.getInstance("RSASSA-PSS");
            parameters.init(certificate.getSigAlgParams());
            return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("a certificate that was presented has parameters that can be read", e);
        }
    }
}
