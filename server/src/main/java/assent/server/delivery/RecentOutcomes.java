package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.time.Duration;
import java.util.LinkedHashMap;
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
/// Every text is put in and nearly none is asked for, so what counts is the putting: the oldest go
/// first, whoever asked for them, and nothing is kept about use. A general cache took 3 % of the event
/// loop's time for that.
final class RecentOutcomes {
    /// Far longer than a device takes to connect again and ask.
    static final Duration KEPT = Duration.ofMinutes(10);

    /// About 30 MB; at the limit the oldest go first.
    static final int ENTRIES_MAX = 200_000;

    /// Each with its lock, so that event loops seldom meet, and its share of the entries; a power of two.
    /// A device has its outcomes in one of them, and its id is chosen by the gateway at random: so a busy
    /// one pushes out what is in its own part only, and still finds the last 3,000 of its own.
    private static final int PARTS = 64;

    private final LongSupplier nanoTime;
    private final Part[] parts;

    private record Message(DeviceId fromDevice, MessageId messageId) {}

    private record Kept(Outcome outcome, long atNanos) {}

    RecentOutcomes(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.parts = Stream.generate(Part::new).limit(PARTS).toArray(Part[]::new);
    }

    void remember(DeviceId fromDevice, MessageId messageId, Outcome outcome) {
        partOf(fromDevice).remember(new Message(fromDevice, messageId), new Kept(outcome, nanoTime.getAsLong()));
    }

    Optional<Outcome> find(DeviceId fromDevice, MessageId messageId) {
        return partOf(fromDevice).find(new Message(fromDevice, messageId), nanoTime);
    }

    private Part partOf(DeviceId device) {
        return parts[(int) device.low() & (PARTS - 1)];
    }

    private static boolean isOver(Kept kept, long nowNanos) {
        return nowNanos - kept.atNanos() > KEPT.toNanos();
    }

    /// Thread-safe.
    private static final class Part {
        /// Oldest first.
        private final LinkedHashMap<Message, Kept> kept = new LinkedHashMap<>();

        synchronized void remember(Message message, Kept outcome) {
            kept.putLast(message, outcome);
            var oldest = kept.firstEntry();
            while (kept.size() > ENTRIES_MAX / PARTS || isOver(oldest.getValue(), outcome.atNanos())) {
                kept.pollFirstEntry();
                oldest = kept.firstEntry();
            }
        }

        synchronized Optional<Outcome> find(Message message, LongSupplier nanoTime) {
            return Optional.ofNullable(kept.get(message))
                    .filter(found -> !isOver(found, nanoTime.getAsLong()))
                    .map(Kept::outcome);
        }
    }
}
