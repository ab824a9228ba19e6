package assent.server.simulation;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.server.store.Write;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Which messages fell back, or will, under their senders' devices. Confined to one thread.
final class MemoryFallbacks {
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Predicate<DeviceId> isThere;

    private record Key(DeviceId sender, MessageId messageId) {}

    /// @param at empty once it is decided
    private record Row(Optional<Instant> at, Instant expiresAt) {}

    /// @param isThere whether a device has an activation; of others nothing is kept
    MemoryFallbacks(Predicate<DeviceId> isThere) {
        this.isThere = isThere;
    }

    /// What is noted of a message that is to be appended; a time that is over is made final.
    Optional<Write.FallsBack> find(Write.Append append, int max) {
        Instant now = append.acceptedAt();
        Optional<Row> noted = Optional.ofNullable(rows.get(new Key(append.fromDevice(), append.messageId())))
                .filter(row -> row.expiresAt().isAfter(now));
        Optional<Instant> at = noted.flatMap(Row::at).filter(time -> time.isAfter(now));
        if (noted.isPresent() && at.isEmpty()) {
            decide(append.fromDevice(), append.messageId(), noted.get().expiresAt(), now, max);
        }
        return noted.map(ignored -> new Write.FallsBack(at));
    }

    Write.FallsBack awaitDeadline(Write.Append append, int max) {
        var at = append.lifetime().deadline();
        put(new Key(append.fromDevice(), append.messageId()), new Row(at, append.expiresAt()), max);
        return new Write.FallsBack(at);
    }

    void decide(DeviceId sender, MessageId messageId, Instant until, Instant now, int max) {
        if (until.isAfter(now)) {
            put(new Key(sender, messageId), new Row(Optional.empty(), until), max);
        }
    }

    /// Of one sender the oldest quarter goes if there are more than `max`.
    private void put(Key key, Row row, int max) {
        Row before = rows.get(key);
        if ((before != null && before.at().isEmpty()) || !isThere.test(key.sender())) {
            return;
        }
        rows.remove(key);
        List<Key> own = new ArrayList<>(rows.keySet());
        own.removeIf(other -> !other.sender().equals(key.sender()));
        if (own.size() > max) {
            own.subList(0, own.size() - max * 3 / 4).forEach(rows::remove);
        }
        rows.put(key, row);
    }

    void eraseAll(DeviceId sender) {
        rows.keySet().removeIf(key -> key.sender().equals(sender));
    }

    int sweep(Instant now, int max) {
        var expired = rows.entrySet().stream()
                .filter(entry -> !entry.getValue().expiresAt().isAfter(now))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
        expired.forEach(rows::remove);
        return expired.size();
    }
}
