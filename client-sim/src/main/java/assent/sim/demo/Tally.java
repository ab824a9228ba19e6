package assent.sim.demo;

import assent.protocol.Reason;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What became of the texts of one direction, or of both. Guarded by whoever has it.
public final class Tally {
    private static final int EXAMPLES_MAX = 5;

    public long sent;
    /// Different texts that were shown.
    public long delivered;
    public long byteExact;
    /// Shown once more, or never sent.
    public long duplicates;
    /// Shown after one that was sent later; both were promised.
    public long outOfOrder;
    /// Some of them, in words.
    public final List<String> outOfOrderExamples = new ArrayList<>(0);
    /// Shown although the sender was told that nothing was kept. Nobody lost anything, and the
    /// sender may send it again under the same message id.
    public long shownUnpromised;

    public long outcomeDelivered;
    public long outcomeQueued;
    /// Told by the gateway, or by the sender's own clock.
    public long outcomeFallBack;
    /// Of them, by the sender's own clock.
    public long fellBackAlone;
    /// Shown before its sender heard that it fell back, for which there is a reason: the user has the
    /// text and gets an SMS, too.
    public long doubles;
    /// Likewise, for no reason.
    public long doublesUnexplained;
    /// Shown although its sender had heard before that it fell back.
    public long shownAfterFallBack;
    public long outcomeNone;
    public final Map<Reason, Long> refused = new EnumMap<>(Reason.class);

    void refused(Reason reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    void outOfOrder(String example) {
        outOfOrder++;
        if (outOfOrderExamples.size() < EXAMPLES_MAX) {
            outOfOrderExamples.add(example);
        }
    }

    /// The sum of both, in a new tally.
    public Tally plus(Tally other) {
        var sum = copy();
        sum.sent += other.sent;
        sum.delivered += other.delivered;
        sum.byteExact += other.byteExact;
        sum.duplicates += other.duplicates;
        sum.outOfOrder += other.outOfOrder;
        other.outOfOrderExamples.stream()
                .limit(EXAMPLES_MAX - sum.outOfOrderExamples.size())
                .forEach(sum.outOfOrderExamples::add);
        sum.shownUnpromised += other.shownUnpromised;
        sum.outcomeDelivered += other.outcomeDelivered;
        sum.outcomeQueued += other.outcomeQueued;
        sum.outcomeFallBack += other.outcomeFallBack;
        sum.outcomeNone += other.outcomeNone;
        sum.fellBackAlone += other.fellBackAlone;
        sum.doubles += other.doubles;
        sum.doublesUnexplained += other.doublesUnexplained;
        sum.shownAfterFallBack += other.shownAfterFallBack;
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
        copy.outOfOrderExamples.addAll(outOfOrderExamples);
        copy.shownUnpromised = shownUnpromised;
        copy.outcomeDelivered = outcomeDelivered;
        copy.outcomeQueued = outcomeQueued;
        copy.outcomeFallBack = outcomeFallBack;
        copy.outcomeNone = outcomeNone;
        copy.fellBackAlone = fellBackAlone;
        copy.doubles = doubles;
        copy.doublesUnexplained = doublesUnexplained;
        copy.shownAfterFallBack = shownAfterFallBack;
        copy.refused.putAll(refused);
        return copy;
    }

    /// Texts whose sender was promised that they arrive.
    public long acknowledged() {
        return outcomeDelivered + outcomeQueued;
    }

    /// Whether each of `count` texts was shown exactly once, byte for byte, in order, as its sender
    /// was told.
    boolean isPerfect(long count) {
        return sent == count
                && delivered == count
                && byteExact == count
                && duplicates == 0
                && outOfOrder == 0
                && acknowledged() == count;
    }
}
