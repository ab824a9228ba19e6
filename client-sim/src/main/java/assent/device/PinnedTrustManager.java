package assent.device;

import assent.protocol.Bytes;
import assent.protocol.consent.Sha256;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Takes the one certificate with a known fingerprint. It is the extended kind so that nobody wraps it
/// with a check of host names, which a fingerprint makes needless. Immutable.
final class PinnedTrustManager extends X509ExtendedTrustManager {
    private final Bytes fingerprint;

    PinnedTrustManager(Trust.Pinned pinned) {
        fingerprint = pinned.fingerprint();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        Bytes shown = Sha256.of(chain[0].getEncoded());
        if (!shown.equals(fingerprint)) {
            throw new CertificateException("the gateway shows the certificate with fingerprint " + shown.hex()
                    + ", but this device is pinned to " + fingerprint.hex()
                    + ": either somebody is between, or the gateway has a new certificate, whose fingerprint its operator"
                    + " can tell you");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("a device accepts no connections");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
