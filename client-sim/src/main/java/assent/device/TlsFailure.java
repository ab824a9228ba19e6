package assent.device;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/// Why TLS did not come about.
final class TlsFailure {
    private TlsFailure() {}

    /// The certificate's fault if there is one, since that is what somebody can mend.
    static Disconnection explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException) {
                return new Disconnection.Untrusted(String.valueOf(cause.getMessage()));
            }
        }
        return failure instanceof SSLException
                ? new Disconnection.Untrusted("TLS 1.3 could not be agreed: " + failure.getMessage())
                : new Disconnection.Unreachable("TLS did not come about: " + failure);
    }
}
