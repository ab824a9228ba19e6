package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import assent.protocol.consent.ConsentGrant;
import assent.protocol.consent.Notice;
import java.time.Instant;
import java.util.Optional;

/// A stored approval on which a number may be claimed, by the connection that it was given on.
/// Immutable.
///
/// @param grantBytes canonical bytes of `grant`
/// @param expiresAt from then on it is erased unless an activation rests on it
/// @param invitation that it came with
public record UnclaimedConsent(
        ConsentId id,
        ConsentGrant grant,
        Bytes grantBytes,
        Notice notice,
        Instant recordedAt,
        Instant expiresAt,
        Optional<HeldInvitation> invitation) {}
