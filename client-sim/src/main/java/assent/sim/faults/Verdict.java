package assent.sim.faults;

import assent.sim.demo.Tally;
import java.util.List;
import java.util.stream.Stream;

/// What became of the texts. Immutable.
///
/// @param acknowledged texts whose sender heard `DELIVERED` or `QUEUED`
/// @param lost of them, those that were never shown
/// @param duplicatesShown texts shown a second time, or never sent
/// @param inversions texts shown after a later one of the same pair
/// @param refused texts that were not taken
/// @param unsettled texts that have no outcome yet
/// @param fallBacks what became of those with a deadline
/// @param inversionExamples some of the inversions, in words
record Verdict(
        long acknowledged,
        long lost,
        long duplicatesShown,
        long inversions,
        long refused,
        long unsettled,
        FallBackCounts fallBacks,
        List<String> inversionExamples) {
    private static final int EXAMPLES_MAX = 5;

    static final Verdict NOTHING = new Verdict(0, 0, 0, 0, 0, 0);

    /// Nothing had a deadline.
    Verdict(long acknowledged, long lost, long duplicatesShown, long inversions, long refused, long unsettled) {
        this(acknowledged, lost, duplicatesShown, inversions, refused, unsettled, FallBackCounts.NONE, List.of());
    }

    static Verdict of(Tally tally, long lost, long unsettled) {
        return new Verdict(
                tally.acknowledged(),
                lost,
                tally.duplicates,
                tally.outOfOrder,
                tally.refused.values().stream().mapToLong(Long::longValue).sum() + tally.outcomeNone,
                unsettled,
                FallBackCounts.of(tally),
                List.copyOf(tally.outOfOrderExamples));
    }

    Verdict plus(Verdict other) {
        return new Verdict(
                acknowledged + other.acknowledged,
                lost + other.lost,
                duplicatesShown + other.duplicatesShown,
                inversions + other.inversions,
                refused + other.refused,
                unsettled + other.unsettled,
                fallBacks.plus(other.fallBacks),
                Stream.concat(inversionExamples.stream(), other.inversionExamples.stream())
                        .limit(EXAMPLES_MAX)
                        .toList());
    }

    /// Whether every acknowledged text was shown exactly once, in order, every text has an outcome, and
    /// nothing that fell back was shown but for the case that no protocol can remove.
    boolean isClean() {
        return lost == 0 && duplicatesShown == 0 && inversions == 0 && unsettled == 0 && fallBacks.isClean();
    }
}
