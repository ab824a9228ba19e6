package assent.device;

import assent.protocol.GatewayFrame;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Messages without a final result: which go next, which wait, which are under way.
///
/// Messages to one recipient go in the order in which they were given. While one of them waits to be
/// repeated, those after it wait too; only what was already under way can overtake it.
///
/// Its length is limited by [DeviceCore], which counts before it adds. Confined to its device's event
/// loop.
final class Outbox {
    private static final Comparator<Entry> OLDEST_FIRST = Comparator.comparingLong(entry -> entry.sequence);

    private final DeviceLimits limits;
    private final Map<MessageId, Entry> entries = new LinkedHashMap<>();
    private final PriorityQueue<Entry> ready = new PriorityQueue<>(4, OLDEST_FIRST);
    private final Map<MessageId, Entry> inFlight = new LinkedHashMap<>();
    private final Map<PhoneNumber, List<Entry>> held = new HashMap<>(0);
    private long sequences;

    Outbox(DeviceLimits limits) {
        this.limits = limits;
    }

    /// One message with its history of refusals.
    static final class Entry {
        private final OutgoingMessage message;
        private final SentMessage handle;
        private final long sequence;
        private boolean asked;
        private int retries;
        private Duration waited = Duration.ZERO;

        private Entry(OutgoingMessage message, SentMessage handle, long sequence) {
            this.message = message;
            this.handle = handle;
            this.sequence = sequence;
        }

        OutgoingMessage message() {
            return message;
        }

        SentMessage handle() {
            return handle;
        }

        /// Whether it may have gone out.
        boolean wasAsked() {
            return asked;
        }

        /// It goes out now.
        ///
        /// @return whether it may have gone out before, in this run or an earlier one
        boolean ask() {
            boolean before = asked;
            asked = true;
            return before;
        }
    }

    /// What a result of the gateway means for a message.
    sealed interface Verdict {
        record Settled(Entry entry, SendOutcome outcome) implements Verdict {}

        /// The gateway does not take it; it stays until its deadline.
        record LeftToItsDeadline() implements Verdict {}

        /// Call [Outbox#release] for this recipient after this time.
        record Repeat(PhoneNumber recipient, Duration after) implements Verdict {}

        /// A result that nobody waits for.
        record Unexpected() implements Verdict {}
    }

    /// Takes a message in; it is not sent before [#ready].
    Entry add(OutgoingMessage message, SentMessage handle) {
        var entry = new Entry(message, handle, sequences++);
        entries.put(message.messageId(), entry);
        return entry;
    }

    /// Takes in a message of an earlier run, which may have sent it.
    Entry restore(OutgoingMessage message, SentMessage handle) {
        Entry entry = add(message, handle);
        entry.asked = true;
        return entry;
    }

    void ready(Entry entry) {
        if (entries.get(entry.message.messageId()) == entry) {
            ready.add(entry);
        }
    }

    /// The next message to send, now under way; empty if none is ready or as many are under way as may
    /// be.
    Optional<Entry> next(int inFlightMax) {
        while (inFlight.size() < inFlightMax) {
            Entry entry = ready.poll();
            if (entry == null) {
                return Optional.empty();
            }
            List<Entry> behind = held.get(entry.message.to());
            if (behind == null) {
                inFlight.put(entry.message.messageId(), entry);
                return Optional.of(entry);
            }
            behind.add(entry);
        }
        return Optional.empty();
    }

    Verdict result(GatewayFrame.SendResult result) {
        Entry entry = inFlight.remove(result.messageId());
        if (entry == null) {
            return new Verdict.Unexpected();
        }
        if (result.outcome() == Outcome.REFUSED && result.retryAfter().isPresent()) {
            Duration wait = result.retryAfter().get();
            if (entry.retries < limits.refusalRetriesMax()
                    && entry.waited.plus(wait).compareTo(limits.refusalWaitMax()) <= 0) {
                entry.retries++;
                entry.waited = entry.waited.plus(wait);
                held.computeIfAbsent(entry.message.to(), _ -> new ArrayList<>(1))
                        .add(entry);
                return new Verdict.Repeat(entry.message.to(), wait);
            }
            if (FallingBack.concerns(entry.message)) {
                return new Verdict.LeftToItsDeadline();
            }
        }
        entries.remove(result.messageId());
        return new Verdict.Settled(entry, outcome(result));
    }

    private static SendOutcome outcome(GatewayFrame.SendResult result) {
        return switch (result.outcome()) {
            case DELIVERED -> new SendOutcome.Delivered();
            case QUEUED -> new SendOutcome.Queued();
            case FALL_BACK -> new SendOutcome.FallBack(SendOutcome.FallBackCause.GATEWAY);
            case REFUSED -> new SendOutcome.Refused(result.reason().orElseThrow(), result.retryAfter());
        };
    }

    /// The wait for this recipient is over.
    void release(PhoneNumber recipient) {
        List<Entry> behind = held.remove(recipient);
        if (behind != null) {
            ready.addAll(behind);
        }
    }

    /// The connection is gone: what was under way, or waited for it, is sent again on the next one.
    void disconnected() {
        ready.addAll(inFlight.values());
        inFlight.clear();
        held.values().forEach(ready::addAll);
        held.clear();
    }

    /// Takes it back from those under way: it is not sent, and stays until its deadline.
    void park(Entry entry) {
        inFlight.remove(entry.message.messageId());
    }

    /// Takes a message out, wherever it is.
    Optional<Entry> remove(MessageId messageId) {
        Entry entry = entries.remove(messageId);
        if (entry == null) {
            return Optional.empty();
        }
        ready.remove(entry);
        inFlight.remove(messageId);
        List<Entry> behind = held.get(entry.message.to());
        if (behind != null) {
            behind.remove(entry);
        }
        return Optional.of(entry);
    }

    /// Read marks, oldest first.
    List<Entry> marks() {
        return entries.values().stream()
                .filter(entry -> entry.message.isReadMark())
                .toList();
    }

    /// The message that is under way the longest, of those that the gateway answers at once.
    Optional<MessageId> oldestInFlight() {
        return inFlight.values().stream()
                .filter(entry -> !FallingBack.concerns(entry.message))
                .map(entry -> entry.message.messageId())
                .findFirst();
    }

    /// Empties the outbox.
    List<Entry> clear() {
        var all = List.copyOf(entries.values());
        entries.clear();
        ready.clear();
        inFlight.clear();
        held.clear();
        return all;
    }

    /// The app's messages; marks are the device's own.
    List<SentMessage> handles() {
        return entries.values().stream()
                .filter(entry -> !entry.message.isReadMark())
                .map(Entry::handle)
                .toList();
    }
}
