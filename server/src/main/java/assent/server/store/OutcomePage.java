package assent.server.store;

import assent.protocol.Bytes;
import assent.protocol.MessageId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Some of the outcomes that are remembered for a device. Immutable.
///
/// @param next where the next page begins; empty if there is none
public record OutcomePage(List<Remembered> outcomes, Optional<Bytes> next) {
    public OutcomePage {
        outcomes = List.copyOf(outcomes);
    }

    /// @param forgottenAt when the store forgets it
    public record Remembered(MessageId messageId, MessageState state, Instant forgottenAt) {}
}
