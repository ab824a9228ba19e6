package assent.server.delivery;

import assent.protocol.PhoneNumber;
import java.util.Optional;

/// Who is connected. Thread-safe.
public interface Presence {
    /// The ends of the number's live session, if there is one now.
    Optional<Endpoint> find(PhoneNumber number);

    /// The two ends of one live session, and whom its user blocks.
    record Endpoint(Inbox inbox, Sender sender, Blocks blocks) {}
}
