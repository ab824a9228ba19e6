package assent.device;

import java.time.Duration;
import java.util.Optional;

/// What became of an attempt to connect. Immutable.
public sealed interface ConnectAnswer {
    /// Connected, and not activated: ask for the notice.
    record Greeted() implements ConnectAnswer {}

    /// Connected and signed in.
    record SignedIn() implements ConnectAnswer {}

    /// Not connected.
    ///
    /// @param nextAttemptIn empty: the device does not try again by itself, since it is not activated
    record NotConnected(Disconnection why, Optional<Duration> nextAttemptIn) implements ConnectAnswer {}

    /// The device does not connect any more.
    record Stopped(StopReason reason) implements ConnectAnswer {}
}
