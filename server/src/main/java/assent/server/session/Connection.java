package assent.server.session;

import assent.protocol.Bytes;
import assent.server.delivery.Link;

/// The way to one device, as its session sees it.
public interface Connection extends Link {
    /// Takes frames up to this length from now on; on the event loop only.
    void allowFrames(int frameBytesMax);

    /// Closes when what was sent is written, or after a short time if the device does not take it; on
    /// the event loop only.
    void close();

    /// Where it comes from, for limits: an IPv4 address, or the network part (/64) of an IPv6 one.
    String address();

    /// The hash of the certificate that this connection presented (RFC 5929 `tls-server-end-point`).
    Bytes channelBinding();
}
