package assent.server.activation;

import assent.protocol.Bytes;
import java.time.Instant;

/// An invitation whose code was made by this service and is not too old. Whether another used it,
/// the store says. Immutable.
///
/// @param hash SHA-256 of its code, all that is kept of it
/// @param expiresAt from then on it is good for nothing
public record Invitation(Bytes hash, Instant expiresAt) {}
