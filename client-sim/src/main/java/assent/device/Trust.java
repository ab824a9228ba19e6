package assent.device;

import assent.protocol.Bytes;
import java.nio.file.Path;

/// Whom a device takes for its gateway. Immutable.
public sealed interface Trust {
    /// The certificates in a PEM file, and only they, are trust anchors; the certificate must name the
    /// host.
    record CertificateFile(Path pem) implements Trust {}

    /// The gateway shows exactly the certificate with this SHA-256 fingerprint. Its names and dates do
    /// not matter: the fingerprint says more than they do.
    ///
    /// @param fingerprint 32 bytes
    record Pinned(Bytes fingerprint) implements Trust {
        private static final int FINGERPRINT_BYTES = 32;

        public Pinned {
            if (fingerprint.length() != FINGERPRINT_BYTES) {
                throw new IllegalArgumentException("a fingerprint has " + FINGERPRINT_BYTES + " bytes, not "
                        + fingerprint.length() + ": expected the SHA-256 of the gateway's certificate");
            }
        }

        /// @param hex 64 hexadecimal digits; colons between them, as `openssl x509 -fingerprint
        ///     -sha256` prints them, are
        ///     allowed
        /// @throws IllegalArgumentException if it is not that
        public static Pinned ofHex(String hex) {
            try {
                return new Pinned(Bytes.fromHex(hex.strip().replace(":", "")));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "'" + hex + "' is no fingerprint: expected the 64 hexadecimal digits of a SHA-256", e);
            }
        }
    }

    /// The trust anchors of the Java platform; the certificate must name the host.
    record Platform() implements Trust {}
}
