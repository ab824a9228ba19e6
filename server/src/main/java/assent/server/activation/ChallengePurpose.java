package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.ConsentId;

/// What a challenge proves a number for, and on which connection: passed, it is good for this and
/// nothing else. Immutable.
public sealed interface ChallengePurpose {
    /// The claim of a device whose user has approved.
    ///
    /// @param consentId of the approval, which one connection alone holds
    record ToActivate(ConsentId consentId) implements ChallengePurpose {}

    /// The withdrawal of a number whose phone is lost. Nobody has approved anything, and nothing can be
    /// activated by it.
    ///
    /// @param serverNonce of the connection that claims it
    record ToWithdraw(Bytes serverNonce) implements ChallengePurpose {}
}
