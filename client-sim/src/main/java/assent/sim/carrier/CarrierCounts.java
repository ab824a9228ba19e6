package assent.sim.carrier;

/// What the carrier has done since it was made. Immutable.
///
/// @param accepted SMS taken
/// @param delivered SMS handed to a handset or the gateway; a duplicate counts again
/// @param lost SMS lost on purpose ([CarrierBehaviour#lossRatio])
/// @param unroutable SMS taken and dropped, since nobody has the number or the receiver would not take
///     them
/// @param refused SMS refused
/// @param overflowed SMS that had to leave a full inbox
/// @param bindsRefused binds refused
public record CarrierCounts(
        long accepted, long delivered, long lost, long unroutable, long refused, long overflowed, long bindsRefused) {}
