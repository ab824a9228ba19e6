package assent.server.net.tls;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Chooses the certificate to start with: the operator's, or else a development certificate.
public final class GatewayCertificate {
    private GatewayCertificate() {}

    /// @param configured the operator's files; if absent, a development certificate in `folder` is
    ///     used, and made if there is none or if it has expired
    /// @throws TlsFailure if it cannot be used; the message is for people
    public static TlsIdentity obtain(Optional<TlsFiles> configured, Path folder, Clock clock) throws TlsFailure {
        if (configured.isPresent()) {
            return TlsIdentity.load(configured.get(), clock);
        }
        return new DevelopmentCertificate(folder, clock).obtain();
    }
}
