package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/// The outcomes of late, for a sender that asks again: of messages that touched no store it is the only
/// memory; of queued ones it tells that the mailbox has to be asked. Thread-safe.
///
/// It is a memory and no promise: it ends with the process, after [#KEPT], or when about
/// [#ENTRIES_MAX] came later. What a mailbox remembers lasts longer. Where both have forgotten, a
/// message that is sent again is delivered again, and the receiving device shows it once.
///
/// Every text is put in and nearly none is asked for, so what counts is the putting, and that a
/// collection of garbage finds nothing to copy: see [OutcomeRing].
final class RecentOutcomes {
    /// Far longer than a device takes to connect again and ask.
    static final Duration KEPT = Duration.ofMinutes(10);

    /// Each with its lock, so that event loops seldom meet, and its share of the entries; a power of two.
    /// A device has its outcomes in one of them, and its id is chosen by the gateway at random: so a busy
    /// one pushes out what is in its own part only, and still finds the last 4,096 of its own.
    private static final int PARTS = 64;

    /// About 15 MB; at the limit the oldest go first.
    static final int ENTRIES_MAX = PARTS * OutcomeRing.ENTRIES_MAX;

    private final LongSupplier nanoTime;
    private final OutcomeRing[] parts;

    RecentOutcomes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.parts = Stream.generate(() -> new OutcomeRing(KEPT)).limit(PARTS).toArray(OutcomeRing[]::new);
    }

    void remember(DeviceId fromDevice, MessageId messageId, Outcome outcome) {
        partOf(fromDevice).remember(fromDevice, messageId, outcome, nanoTime.getAsLong());
    }

    Optional<Outcome> find(DeviceId fromDevice, MessageId messageId) {
        return partOf(fromDevice).find(fromDevice, messageId, nanoTime);
    }

    private OutcomeRing partOf(DeviceId device) {
        return parts[(int) device.low() & (PARTS - 1)];
    }
}
