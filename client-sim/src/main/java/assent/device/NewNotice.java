package assent.device;

import assent.protocol.Bytes;
import assent.protocol.consent.Notice;
import java.time.Instant;

/// The gateway asks for the user's approval of a notice that is newer than the approved one. The app
/// shows all of it with the deadline; the user approves with [Device#renew], withdraws, or does
/// nothing. Immutable.
///
/// @param hash SHA-256 of the notice's canonical bytes
/// @param deadline by the gateway's clock
/// @param suspended the deadline is over: until the approval no texts come or go
public record NewNotice(Notice notice, Bytes hash, Instant deadline, boolean suspended) {}
