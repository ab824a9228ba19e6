package assent.server.simulation;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.store.MessageState;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// One mailbox in memory: what waits, and what became of the rest. Confined to one thread.
final class MemoryMailbox {
    private static final int OVERHEAD_BYTES = 100;

    private final DeviceId device;
    private final TreeMap<Long, StoredMessage> waiting = new TreeMap<>();
    private final Map<Name, Known> known = new LinkedHashMap<>();
    private long bytes;

    MemoryMailbox(DeviceId device) {
        this.device = device;
    }

    private record Name(DeviceId fromDevice, MessageId messageId) {
        static Name of(StoredMessage message) {
            return new Name(message.fromDevice(), message.messageId());
        }
    }

    private record Known(long sequence, Instant expiresAt, MessageState state) {}

    /// @param suspended it takes nothing new, and still knows what it knows
    Write.AppendResult append(Write.Append append, long sequence, MailboxLimits limits, boolean suspended) {
        var name = new Name(append.fromDevice(), append.messageId());
        Known there = known.get(name);
        if (there != null) {
            if (there.expiresAt().isAfter(append.acceptedAt())) {
                return new Write.Appended(device, there.sequence(), there.state());
            }
            erase(name, there);
        }
        if (suspended) {
            return new Write.NoMailbox();
        }
        if (waiting.size() >= limits.messagesMax()
                || bytes + append.body().length() + OVERHEAD_BYTES > limits.bytesMax()) {
            return new Write.MailboxFull();
        }
        forgetOldest(limits.outcomesMax());
        waiting.put(
                sequence,
                new StoredMessage(
                        sequence,
                        append.messageId(),
                        append.from(),
                        append.fromDevice(),
                        append.body(),
                        append.acceptedAt(),
                        append.expiresAt()));
        known.put(name, new Known(sequence, append.expiresAt(), MessageState.WAITING));
        bytes += append.body().length() + OVERHEAD_BYTES;
        return new Write.Appended(device, sequence);
    }

    private void forgetOldest(int outcomesMax) {
        int outcomes = known.size() - waiting.size();
        if (outcomes <= outcomesMax) {
            return;
        }
        known.entrySet().stream()
                .filter(entry -> entry.getValue().state().isDelivered())
                .sorted(java.util.Comparator.comparingLong(
                        (Map.Entry<Name, Known> entry) -> entry.getValue().sequence()))
                .limit(outcomes - outcomesMax * 3L / 4)
                .map(Map.Entry::getKey)
                .toList()
                .forEach(known::remove);
    }

    private void erase(Name name, Known there) {
        known.remove(name);
        takeOut(there.sequence());
    }

    private Optional<StoredMessage> takeOut(long sequence) {
        Optional<StoredMessage> message = Optional.ofNullable(waiting.remove(sequence));
        message.ifPresent(out -> bytes -= out.body().length() + OVERHEAD_BYTES);
        return message;
    }

    void remove(List<Long> sequences, MessageState as) {
        for (long sequence : sequences) {
            takeOut(sequence)
                    .ifPresent(message -> known.put(Name.of(message), new Known(sequence, message.expiresAt(), as)));
        }
    }

    Optional<StoredMessage> message(long sequence) {
        return Optional.ofNullable(waiting.get(sequence));
    }

    List<StoredMessage> messages(long afterSequence, int countMax, int bytesMax, Instant now) {
        List<StoredMessage> page = new ArrayList<>();
        long read = 0;
        for (StoredMessage message : waiting.tailMap(afterSequence, false).values()) {
            if (page.size() >= countMax || (!page.isEmpty() && read >= bytesMax)) {
                break;
            }
            if (message.expiresAt().isAfter(now)) {
                page.add(message);
                read += message.body().length();
            }
        }
        return page;
    }

    /// What is known of a message that has not expired.
    Optional<MessageState> state(DeviceId fromDevice, MessageId messageId, Instant now) {
        return Optional.ofNullable(known.get(new Name(fromDevice, messageId)))
                .filter(there -> there.expiresAt().isAfter(now))
                .map(Known::state);
    }

    int waiting() {
        return waiting.size();
    }

    /// Erases what has expired, at most so much, and says how much that was.
    int sweep(Instant now, int max) {
        var expired = known.entrySet().stream()
                .filter(entry -> !entry.getValue().expiresAt().isAfter(now))
                .limit(max)
                .toList();
        expired.forEach(entry -> erase(entry.getKey(), entry.getValue()));
        return expired.size();
    }
}
