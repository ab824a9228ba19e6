package assent.server.net.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads certificates and keys in PEM (RFC 7468).
final class PemFiles {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final String LABEL = "PRIVATE KEY";
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN " + LABEL + "-----([A-Za-z0-9+/=\\s]+)-----END " + LABEL + "-----");

    private PemFiles() {}

    static List<X509Certificate> certificates(Path file) throws TlsFailure {
        String pem = text(file, "certificate");
        if (!pem.contains("-----BEGIN CERTIFICATE-----")) {
            throw new TlsFailure("there is no certificate in " + file
                    + ": expected PEM that begins with '-----BEGIN CERTIFICATE-----'; name the right file with"
                    + " tls.certificate");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (CertificateException e) {
            throw new TlsFailure(
                    "a certificate in " + file
                            + " is damaged: expected X.509 in PEM; fetch it again from who issued it",
                    e);
        }
    }

    static PrivateKey privateKey(Path file) throws TlsFailure {
        String pem = text(file, "key");
        Matcher matcher = KEY.matcher(pem);
        if (!matcher.find()) {
            throw new TlsFailure("there is no usable private key in " + file + ": expected PEM that begins with"
                    + " '-----BEGIN PRIVATE KEY-----' (PKCS#8, not encrypted)" + foundInstead(pem)
                    + "; convert it with `openssl pkcs8 -topk8 -nocrypt`");
        }
        try {
            var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
            for (String algorithm : List.of("EC", "RSA")) {
                Optional<PrivateKey> key = parse(algorithm, spec);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } catch (IllegalArgumentException _) {
            // not base64: falls through to the one message below, which says nothing of the key's content
        }
        throw new TlsFailure("the private key in " + file
                + " is damaged or neither EC nor RSA: expected one of the two; make it anew");
    }

    private static String foundInstead(String pem) {
        Matcher label = Pattern.compile("-----BEGIN ([A-Z ]{1,40})-----").matcher(pem);
        return label.find() ? ", found '" + label.group(1) + "'" : "";
    }

    private static Optional<PrivateKey> parse(String algorithm, PKCS8EncodedKeySpec spec) throws TlsFailure {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException _) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("this Java cannot read " + algorithm + " keys; use a complete JDK 25", e);
        }
    }

    /// Whether a signature made with `key` verifies with `certified`.
    static boolean fit(PublicKey certified, PrivateKey key) {
        if (!certified.getAlgorithm().equals(key.getAlgorithm())) {
            return false;
        }
        try {
            var signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            byte[] text = "does this key belong to that certificate?".getBytes(StandardCharsets.US_ASCII);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(text);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }

    private static String text(Path file, String option) throws TlsFailure {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new TlsFailure(file + " is larger than " + FILE_BYTES_MAX + " bytes: expected PEM; name the right"
                        + " file with tls." + option);
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException _) {
            throw new TlsFailure("there is no file " + file + ": expected PEM; name the right file with tls." + option);
        } catch (IOException e) {
            throw new TlsFailure(
                    file + " cannot be read (" + e.getClass().getSimpleName()
                            + "): expected a file that the gateway's user may read; change its owner or mode",
                    e);
        }
    }
}
