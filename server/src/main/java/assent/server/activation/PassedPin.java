package assent.server.activation;

import assent.protocol.Bytes;

/// A registration PIN that the user has given. Immutable.
///
/// @param salt names it: should it be set anew meanwhile, this one is worth nothing
public record PassedPin(Bytes salt) {}
