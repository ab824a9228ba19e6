package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ChallengeId;
import assent.protocol.PhoneNumber;
import assent.protocol.ProofMethod;
import java.time.Instant;

/// A proof that one claim has to bring. Immutable; the secret in it is a keyed MAC.
///
/// @param purpose what it is good for, and for whom
/// @param secretMac of the code, or of the text that the device is to send
public record Challenge(
        ChallengeId id,
        ChallengePurpose purpose,
        PhoneNumber number,
        ProofMethod method,
        Bytes secretMac,
        Instant expiresAt) {

    boolean isExpired(Instant now) {
        return !now.isBefore(expiresAt);
    }
}
