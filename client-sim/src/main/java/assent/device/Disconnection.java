package assent.device;

import assent.protocol.Reason;
import java.time.Duration;
import java.util.Optional;

/// Why there is no connection, or no longer one. Immutable; no personal data in any text.
public sealed interface Disconnection {
    /// No connection was made.
    record Unreachable(String why) implements Disconnection {}

    /// Somebody answered whom this device does not trust; the text gives the certificate's fault.
    record Untrusted(String why) implements Disconnection {}

    /// The gateway ended it and said why.
    ///
    /// @param retryAfter empty: connecting again will not help, and the device does not
    record Goodbye(Reason reason, Optional<Duration> retryAfter) implements Disconnection {}

    /// Nothing was heard for three heartbeats, or an answer did not come in time.
    record Silent(String what) implements Disconnection {}

    /// The gateway said what it must not say.
    record ProtocolBroken(String what) implements Disconnection {}

    /// The connection broke.
    record Lost(String why) implements Disconnection {}

    /// The app asked for it.
    record Asked() implements Disconnection {}
}
