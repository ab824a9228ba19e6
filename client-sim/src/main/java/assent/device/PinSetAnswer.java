package assent.device;

/// What became of setting a registration PIN. Immutable.
public sealed interface PinSetAnswer permits PinSetAnswer.Set, PinSetAnswer.NotSignedIn, Refused {
    /// The gateway has it, durably: set, or cleared.
    record Set() implements PinSetAnswer {}

    /// The device is not signed in, or the connection broke before the answer came: ask again when it is
    /// back.
    record NotSignedIn() implements PinSetAnswer {}
}
