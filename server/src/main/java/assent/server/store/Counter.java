package assent.server.store;

/// What is counted per number, within a window of time, whatever connection or consent it comes from.
public enum Counter {
    /// Answers to a code challenge, counted before the comparison so that a crash or a race wins nobody
    /// a try.
    CODE_TRIES,
    /// SMS that were sent to the number.
    SMS_SENT,
    /// Answers to [assent.protocol.GatewayFrame.PinRequired], counted before the comparison.
    PIN_TRIES
}
