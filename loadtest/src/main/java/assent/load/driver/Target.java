package assent.load.driver;

import java.nio.file.Path;

/// Which server to connect to. Immutable.
///
/// @param certificate PEM file: the one certificate that is trusted
/// @param resume whether a phone takes up its earlier TLS session when it connects again
/// @param phones the file with activated phones; only [Protocol#ASSENT] reads it
public record Target(Protocol protocol, String host, int port, Path certificate, Path phones, boolean resume) {
    public Target resuming(boolean wanted) {
        return new Target(protocol, host, port, certificate, phones, wanted);
    }
}
