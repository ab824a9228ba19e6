package assent.server.admin.desk;

import java.time.Instant;
import java.util.Map;

/// All figures at one moment. Immutable.
///
/// @param values by their names in [Figure]; what is not there yet counts as zero
public record Sample(Instant at, Map<Figure, Double> values) {
    public Sample {
        values = Map.copyOf(values);
    }

    public double value(Figure figure) {
        return values.getOrDefault(figure, 0.0);
    }
}
