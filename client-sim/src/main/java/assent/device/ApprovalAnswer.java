package assent.device;

import assent.protocol.ConsentId;
import assent.protocol.ProofMethod;
import java.time.Duration;
import java.util.List;

/// What came for the user's yes. Immutable.
public sealed interface ApprovalAnswer permits ApprovalAnswer.Approved, Refused, StartAgain {
    /// The consent is stored; now the number may be claimed.
    ///
    /// @param methods those that policy allows here
    /// @param expiresIn the consent is erased if it is not claimed within this time
    record Approved(ConsentId consentId, List<ProofMethod> methods, Duration expiresIn) implements ApprovalAnswer {
        public Approved {
            methods = List.copyOf(methods);
        }
    }
}
