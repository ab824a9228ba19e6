package assent.server.net.tls;

import assent.protocol.consent.Sha256;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// Who the gateway is in TLS: a private key and the certificate chain that belongs to it. Immutable.
///
/// [#toString] does not show the key.
///
/// @param certificateFile where the chain was read from, for people
/// @param chain the gateway's own certificate first
public record TlsIdentity(Path certificateFile, List<X509Certificate> chain, PrivateKey key) {
    public TlsIdentity {
        chain = List.copyOf(chain);
        if (chain.isEmpty()) {
            throw new IllegalArgumentException("a chain has at least one certificate");
        }
    }

    /// Reads both files and sees that they fit each other and that the certificate is valid now.
    ///
    /// @throws TlsFailure if they cannot be used; the message is for people
    public static TlsIdentity load(TlsFiles files, Clock clock) throws TlsFailure {
        var chain = PemFiles.certificates(files.certificate());
        var key = PemFiles.privateKey(files.key());
        if (!PemFiles.fit(chain.getFirst().getPublicKey(), key)) {
            throw new TlsFailure("the key in " + files.key() + " does not belong to the first certificate in "
                    + files.certificate() + ": expected the key that the certificate was made for; name the right pair"
                    + " with tls.certificate and tls.key");
        }
        var identity = new TlsIdentity(files.certificate(), chain, key);
        identity.requireValidAt(clock.instant());
        return identity;
    }

    private void requireValidAt(Instant now) throws TlsFailure {
        if (now.isAfter(expiresAt())) {
            throw new TlsFailure("the certificate in " + certificateFile + " expired at " + expiresAt()
                    + ": expected one that is valid now; renew it");
        }
        Instant from = certificate().getNotBefore().toInstant();
        if (now.isBefore(from)) {
            throw new TlsFailure("the certificate in " + certificateFile + " is valid only from " + from
                    + ": expected one that is valid now; check this machine's clock, which says " + now);
        }
    }

    /// The gateway's own certificate.
    public X509Certificate certificate() {
        return chain.getFirst();
    }

    public Instant expiresAt() {
        Date end = certificate().getNotAfter();
        return end.toInstant();
    }

    /// SHA-256 of the certificate's DER bytes, 64 lower-case hexadecimal digits.
    public String sha256() {
        try {
            return Sha256.of(certificate().getEncoded()).hex();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed has an encoding", e);
        }
    }

    @Override
    public String toString() {
        return "TlsIdentity[" + certificateFile + ", " + sha256() + "]";
    }
}
