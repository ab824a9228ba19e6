package assent.load.driver;

import assent.protocol.consent.Sha256;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.FingerprintTrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManagerFactory;

/// TLS 1.3 as a phone speaks it, for all drivers alike: BoringSSL where it loads, one trusted
/// certificate, known by its fingerprint since building a path would cost more than the rest. Thread-safe.
final class LoadTls {
    private static final long HANDSHAKE_SECONDS_MAX = 60;

    /// One key exchange for all servers. Left alone, client and gateway would choose X25519MLKEM768, which costs both
    /// more, and which Mosquitto's OpenSSL does not have.
    private static final String[] KEY_EXCHANGE = {"X25519"};

    private final SslContext context;
    private final X509Certificate certificate;
    private final Target target;

    /// @throws IllegalArgumentException if the certificate cannot be read; the message says which
    LoadTls(Target target) {
        this.target = target;
        this.certificate = read(target);
        boolean openSsl = OpenSsl.isAvailable();
        var builder = SslContextBuilder.forClient()
                .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3")
                .endpointIdentificationAlgorithm(null)
                .trustManager(pinnedTo(certificate));
        if (openSsl) {
            builder.option(OpenSslContextOption.USE_TASKS, false).option(OpenSslContextOption.GROUPS, KEY_EXCHANGE);
        }
        try {
            this.context = builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up: " + e.getMessage(), e);
        }
        if (context.sessionContext() instanceof OpenSslSessionContext sessions) {
            sessions.setSessionCacheEnabled(target.resume());
        }
    }

    private static X509Certificate read(Target target) {
        try (InputStream in = Files.newInputStream(target.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(
                    target.certificate() + " cannot be read as a certificate: " + e + "; expected a PEM file", e);
        }
    }

    private static TrustManagerFactory pinnedTo(X509Certificate only) {
        try {
            return FingerprintTrustManagerFactory.builder("SHA-256")
                    .fingerprints(Sha256.of(only.getEncoded()).hex())
                    .build();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate cannot be encoded: " + e.getMessage(), e);
        }
    }

    X509Certificate certificate() {
        return certificate;
    }

    SslHandler newHandler(ByteBufAllocator allocator) {
        SslHandler handler = context.newHandler(allocator, target.host(), target.port());
        handler.setHandshakeTimeout(HANDSHAKE_SECONDS_MAX, TimeUnit.SECONDS);
        return handler;
    }
}
