package assent.server.activation;

import assent.protocol.Bytes;

/// An invitation that an approval holds. Immutable.
///
/// @param holder random, and kept nowhere but beside the invitation's hash: so nothing leads from an
///     invitation to a consent
public record HeldInvitation(Invitation invitation, Bytes holder) {}
