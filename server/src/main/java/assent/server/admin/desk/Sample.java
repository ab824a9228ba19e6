package assent.server.admin.desk;

import java.time.Instant;
import java.util.Map;

/// All figures at one moment. Immutable.
///
/// @param values by their names in [Figure]; what is not there yet counts as zero
/// @param times likewise; since the start of the gateway
public record Sample(Instant at, Map<Figure, Double> values, Map<Timing, Spread> times) {
    public Sample {
        values = Map.copyOf(values);
        times = Map.copyOf(times);
    }

    /// Before anything was looked at.
    public static Sample none() {
        return new Sample(Instant.EPOCH, Map.of(), Map.of());
    }

    public double value(Figure figure) {
        return values.getOrDefault(figure, 0.0);
    }

    public Spread times(Timing timing) {
        return times.getOrDefault(timing, Spread.NONE);
    }
}
