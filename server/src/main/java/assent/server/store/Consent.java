package assent.server.store;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;
import java.time.Instant;

/// A stored approval. Immutable.
///
/// @param grant canonical bytes of the [assent.protocol.consent.ConsentGrant]
/// @param signature the device key's over the grant
/// @param notice canonical bytes of the notice that the grant names, so that what was approved can be
///     shown years later
/// @param recordedAt by the gateway's clock
public record Consent(ConsentId id, Bytes grant, Bytes signature, Bytes notice, Instant recordedAt) {}
