package assent.server.store;

import java.util.Optional;

/// A seat that was taken. Immutable.
///
/// @param epoch higher than that of every session that had the seat before
/// @param before the seat as it was, if another gateway had it
public record Seating(long epoch, Optional<Seat> before) {
    /// Nobody elsewhere had it.
    public static Seating of(long epoch) {
        return new Seating(epoch, Optional.empty());
    }
}
