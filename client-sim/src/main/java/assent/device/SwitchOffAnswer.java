package assent.device;

/// How the withdrawal of a lost phone's number ended, or did not. Immutable.
public sealed interface SwitchOffAnswer
        permits SwitchOffAnswer.Erased, SwitchOffAnswer.NothingHeld, SwitchOffAnswer.Unproven, Refused, StartAgain {
    /// The gateway has erased what was activated for the number. The certificate's signature was
    /// checked with the key that the gateway showed on this connection; keep it.
    record Erased(KeptErasure erasure) implements SwitchOffAnswer {}

    /// The number is proved, and nothing is activated for it.
    record NothingHeld() implements SwitchOffAnswer {}

    /// The gateway says that it has erased everything, but its certificate proves nothing. Ask its
    /// operator.
    ///
    /// @param what the fault
    record Unproven(String what) implements SwitchOffAnswer {}
}
