package assent.sim.demo;

import assent.protocol.Reason;
import java.util.EnumMap;
import java.util.Map;

/// What became of the texts of one direction, or of both. Guarded by whoever has it.
final class Tally {
    long sent;
    /// Different texts that were shown.
    long delivered;
    long byteExact;
    /// Shown once more, or never sent.
    long duplicates;
    /// Shown before one that was sent earlier.
    long outOfOrder;

    long outcomeDelivered;
    long outcomeQueued;
    long outcomeFallBack;
    long outcomeNone;
    final Map<Reason, Long> refused = new EnumMap<>(Reason.class);

    void refused(Reason reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    Tally plus(Tally other) {
        var sum = copy();
        sum.sent += other.sent;
        sum.delivered += other.delivered;
        sum.byteExact += other.byteExact;
        sum.duplicates += other.duplicates;
        sum.outOfOrder += other.outOfOrder;
        sum.outcomeDelivered += other.outcomeDelivered;
        sum.outcomeQueued += other.outcomeQueued;
        sum.outcomeFallBack += other.outcomeFallBack;
        sum.outcomeNone += other.outcomeNone;
        other.refused.forEach((reason, count) -> sum.refused.merge(reason, count, Long::sum));
        return sum;
    }

    Tally copy() {
        var copy = new Tally();
        copy.sent = sent;
        copy.delivered = delivered;
        copy.byteExact = byteExact;
        copy.duplicates = duplicates;
        copy.outOfOrder = outOfOrder;
        copy.outcomeDelivered = outcomeDelivered;
        copy.outcomeQueued = outcomeQueued;
        copy.outcomeFallBack = outcomeFallBack;
        copy.outcomeNone = outcomeNone;
        copy.refused.putAll(refused);
        return copy;
    }

    /// Whether each of `count` texts was shown exactly once, byte for byte, in order.
    boolean isPerfect(long count) {
        return sent == count && delivered == count && byteExact == count && duplicates == 0 && outOfOrder == 0;
    }
}
