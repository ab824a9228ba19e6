package assent.server.support;

import assent.protocol.PhoneNumber;

/// What a phone finds around it: a gateway to connect to, and a carrier that brings it codes.
public interface PhoneWorld {
    /// A new connection, nothing said yet.
    Peer connect();

    /// The code in the newest SMS to this number.
    String codeFor(PhoneNumber number);
}
