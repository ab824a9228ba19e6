package assent.server.net.tls;

import java.nio.file.Path;

/// Where a certificate and its key are. Immutable.
///
/// @param certificate PEM: the gateway's own certificate first, then its intermediates
/// @param key PEM: PKCS#8, not encrypted
public record TlsFiles(Path certificate, Path key) {}
