package assent.sim.faults;

import assent.sim.demo.Tally;

/// What became of texts with a deadline. Immutable.
///
/// @param fellBack their senders were told to use SMS, or knew it from their own clocks
/// @param alone of them, those by the sender's own clock
/// @param permittedDoubles shown, and fallen back, in the one case that no protocol can remove
/// @param unexplainedDoubles likewise, although nothing was in the way of the news
/// @param shownAfterFallBack delivered by the cloud after the sender was told that it will not be
record FallBackCounts(
        long fellBack, long alone, long permittedDoubles, long unexplainedDoubles, long shownAfterFallBack) {
    static final FallBackCounts NONE = new FallBackCounts(0, 0, 0, 0, 0);

    static FallBackCounts of(Tally tally) {
        return new FallBackCounts(
                tally.outcomeFallBack,
                tally.fellBackAlone,
                tally.doubles,
                tally.doublesUnexplained,
                tally.shownAfterFallBack);
    }

    FallBackCounts plus(FallBackCounts other) {
        return new FallBackCounts(
                fellBack + other.fellBack,
                alone + other.alone,
                permittedDoubles + other.permittedDoubles,
                unexplainedDoubles + other.unexplainedDoubles,
                shownAfterFallBack + other.shownAfterFallBack);
    }

    boolean isClean() {
        return unexplainedDoubles == 0 && shownAfterFallBack == 0;
    }
}
