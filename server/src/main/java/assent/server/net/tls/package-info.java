/// The gateway's certificate: read from PEM files, or made for development.
///
/// Start at [assent.server.net.tls.TlsIdentity]; [assent.server.net.tls.GatewayCertificate] chooses
/// between the two.
@NullMarked
package assent.server.net.tls;

import org.jspecify.annotations.NullMarked;
