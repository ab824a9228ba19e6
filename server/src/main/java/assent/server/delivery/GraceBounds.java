package assent.server.delivery;

import java.time.Duration;

/// Between what a link's grace may move. Immutable.
///
/// @param min the shortest grace, and the least that is added to a link's usual time
/// @param max the longest; also that of a link which was not measured yet
public record GraceBounds(Duration min, Duration max) {
    public GraceBounds {
        if (min.isNegative() || min.compareTo(max) > 0) {
            throw new IllegalArgumentException(
                    "the grace moves between two durations from zero up, not between " + min + " and " + max);
        }
    }

    /// The same grace for every link, whatever its time.
    public static GraceBounds fixed(Duration grace) {
        return new GraceBounds(grace, grace);
    }
}
