package assent.server.cli;

import assent.protocol.Bytes;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Trusts one certificate, by its SHA-256. Immutable.
final class PinnedCertificate extends X509ExtendedTrustManager {
    private final String sha256;

    PinnedCertificate(String sha256) {
        this.sha256 = sha256;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(chain[0].getEncoded());
            if (!Bytes.wrap(hash).hex().equalsIgnoreCase(sha256.replace(":", ""))) {
                throw new CertificateException("its SHA-256 is another");
            }
        } catch (GeneralSecurityException e) {
            throw e instanceof CertificateException certificate ? certificate : new CertificateException(e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("no client is expected");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
