package assent.server.simulation;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.store.MessageState;
import assent.server.store.StoredMessage;
import assent.server.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One mailbox in memory: what waits, and what became of the rest. Confined to one thread.
final class MemoryMailbox {
    private static final int OVERHEAD_BYTES = 100;

    private final DeviceId device;
    private final TreeMap<Long, StoredMessage> waiting = new TreeMap<>();
    private final Map<Name, Known> known = new LinkedHashMap<>();
    private final MemoryBlocks blocks = new MemoryBlocks();
    private long bytes;

    MemoryMailbox(DeviceId device) {
        this.device = device;
    }

    private record Name(DeviceId fromDevice, MessageId messageId) {
        static Name of(StoredMessage message) {
            return new Name(message.fromDevice(), message.messageId());
        }
    }

    /// @param deadline from then on it does not wait any more
    private record Known(long sequence, Instant expiresAt, MessageState state, Optional<Instant> deadline) {
        Known become(MessageState next) {
            return new Known(sequence, expiresAt, next, Optional.empty());
        }

        boolean isWaiting() {
            return state == MessageState.WAITING;
        }

        boolean isDue(Instant now) {
            return !deadline.orElse(expiresAt).isAfter(now);
        }
    }

    /// A message that is not delivered any more, and until when that is remembered.
    record FellBack(DeviceId fromDevice, MessageId messageId, Instant until) {}

    /// @param suspended it takes nothing new, and still knows what it knows
    Write.AppendResult append(Write.Append append, long sequence, MailboxLimits limits, boolean suspended) {
        var name = new Name(append.fromDevice(), append.messageId());
        Known there = known.get(name);
        if (there != null) {
            if (there.expiresAt().isAfter(append.acceptedAt())) {
                return new Write.Appended(device, there.sequence(), there.state(), there.deadline());
            }
            erase(name, there);
        }
        if (suspended || blocks.contains(append.from())) {
            return new Write.NoMailbox();
        }
        if (waiting.size() >= limits.messagesMax()
                || bytes + append.body().length() + OVERHEAD_BYTES > limits.bytesMax()) {
            return new Write.MailboxFull();
        }
        forgetOldest(limits.outcomesMax());
        Optional<Instant> deadline = append.lifetime().deadline();
        waiting.put(
                sequence,
                new StoredMessage(
                        sequence,
                        append.messageId(),
                        append.from(),
                        append.fromDevice(),
                        append.body(),
                        append.acceptedAt(),
                        deadline.orElse(append.expiresAt())));
        known.put(name, new Known(sequence, append.expiresAt(), MessageState.WAITING, deadline));
        bytes += append.body().length() + OVERHEAD_BYTES;
        return new Write.Appended(device, sequence, MessageState.WAITING, deadline);
    }

    private void forgetOldest(int outcomesMax) {
        int outcomes = known.size() - waiting.size();
        if (outcomes <= outcomesMax) {
            return;
        }
        known.entrySet().stream()
                .filter(entry -> !entry.getValue().isWaiting())
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

    Write.Removed remove(List<Long> sequences, MessageState as) {
        var removed = new ArrayList<Long>();
        for (long sequence : sequences) {
            takeOut(sequence).ifPresent(message -> {
                known.computeIfPresent(
                        Name.of(message),
                        (_, there) -> there.become(there.deadline().isPresent() ? MessageState.DELIVERED : as));
                removed.add(sequence);
            });
        }
        return new Write.Removed(removed);
    }

    /// Takes a message out that is not delivered any more.
    ///
    /// @return false if it was delivered
    boolean fallBack(DeviceId fromDevice, MessageId messageId) {
        var name = new Name(fromDevice, messageId);
        Known there = known.get(name);
        if (there != null && there.isWaiting()) {
            erase(name, there);
        }
        return there == null || !there.state().isDelivered();
    }

    /// If a message waits here although its deadline is over, it falls back.
    Optional<FellBack> fallBackIfDue(DeviceId fromDevice, MessageId messageId, Instant now) {
        var name = new Name(fromDevice, messageId);
        return Optional.ofNullable(known.get(name))
                .filter(there -> there.isWaiting() && there.deadline().isPresent() && there.isDue(now))
                .filter(there -> there.expiresAt().isAfter(now))
                .map(there -> fallBack(name, there));
    }

    private FellBack fallBack(Name name, Known there) {
        erase(name, there);
        return new FellBack(name.fromDevice(), name.messageId(), there.expiresAt());
    }

    /// What was for the number's device of before is never put here.
    void disown(Write.Append append, long sequence) {
        known.putIfAbsent(
                new Name(append.fromDevice(), append.messageId()),
                new Known(sequence, append.expiresAt(), MessageState.PURGED, Optional.empty()));
    }

    void disownAll(MemoryMailbox old) {
        old.known.forEach((name, there) -> known.put(name, there.become(MessageState.PURGED)));
    }

    MemoryBlocks blocks() {
        return blocks;
    }

    Optional<StoredMessage> message(long sequence) {
        return Optional.ofNullable(waiting.get(sequence));
    }

    List<StoredMessage> messages(long afterSequence, int countMax, int bytesMax, InstantSource clock) {
        List<StoredMessage> there =
                List.copyOf(waiting.tailMap(afterSequence, false).values());
        Instant now = clock.instant();
        List<StoredMessage> page = new ArrayList<>();
        long read = 0;
        for (StoredMessage message : there) {
            if (page.size() >= countMax || (!page.isEmpty() && read >= bytesMax)) {
                break;
            }
            if (message.expiresAt().isAfter(now)
                    && (!fallsBack(message) || !message.acceptedAt().isAfter(now))) {
                page.add(message);
                read += message.body().length();
            }
        }
        return page;
    }

    private boolean fallsBack(StoredMessage message) {
        Known there = known.get(Name.of(message));
        return there != null && there.deadline().isPresent();
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
    int sweep(Instant now, int max, Consumer<FellBack> fellBack) {
        var expired = known.entrySet().stream()
                .filter(entry -> entry.getValue().isDue(now))
                .limit(max)
                .toList();
        for (Map.Entry<Name, Known> entry : expired) {
            FellBack out = fallBack(entry.getKey(), entry.getValue());
            if (entry.getValue().deadline().isPresent()) {
                fellBack.accept(out);
            }
        }
        return expired.size();
    }
}
