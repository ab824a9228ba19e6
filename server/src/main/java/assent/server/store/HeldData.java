package assent.server.store;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/// What is held once for each device. Immutable.
///
/// @param consent that the activation rests on
/// @param counters the number's; those that never ran, or were swept, are missing
/// @param blockedNumbers how many numbers the user blocks; which, nobody can read from the store
/// @param lastSeen by UTC, if the number has a registration PIN; without one no day is kept
public record HeldData(
        Activation activation,
        Consent consent,
        Map<Counter, Count> counters,
        int blockedNumbers,
        Optional<LocalDate> lastSeen) {
    public HeldData {
        counters = Map.copyOf(counters);
    }

    /// @param endsAt when it begins anew
    public record Count(int count, Instant endsAt) {}

    @Override
    public String toString() {
        return "HeldData[" + activation.deviceId() + "]";
    }
}
