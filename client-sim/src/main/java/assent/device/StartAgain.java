package assent.device;

/// The connection on which the user approved is gone, and the consent with it: connect, and show the
/// notice again. Immutable.
public record StartAgain(Disconnection why)
        implements NoticeAnswer, ApprovalAnswer, ClaimAnswer, ActivationAnswer, SwitchOffAnswer {}
