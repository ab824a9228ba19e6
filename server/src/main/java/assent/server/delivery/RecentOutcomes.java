package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;

/// The outcomes of late, for a sender that asks again: of messages that touched no store it is the only
/// memory; of queued ones it tells that the mailbox has to be asked. Thread-safe.
///
/// It is a memory and no promise: it ends with the process, after [#KEPT], or when more than
/// [#ENTRIES_MAX] came later. What a mailbox remembers lasts longer. Where both have forgotten, a
/// message that is sent again is delivered again, and the receiving device shows it once.
final class RecentOutcomes {
    /// Far longer than a device takes to connect again and ask.
    static final Duration KEPT = Duration.ofMinutes(10);

    /// About 30 MB; at the limit those that nobody asked for go first.
    static final int ENTRIES_MAX = 200_000;

    private final Cache<Message, Outcome> outcomes = Caffeine.newBuilder()
            .maximumSize(ENTRIES_MAX)
            .expireAfterWrite(KEPT)
            .executor(Runnable::run) // housekeeping on the caller's thread: it takes a microsecond
            .build();

    private record Message(DeviceId fromDevice, MessageId messageId) {}

    void remember(DeviceId fromDevice, MessageId messageId, Outcome outcome) {
        outcomes.put(new Message(fromDevice, messageId), outcome);
    }

    Optional<Outcome> find(DeviceId fromDevice, MessageId messageId) {
        return Optional.ofNullable(outcomes.getIfPresent(new Message(fromDevice, messageId)));
    }
}
