package assent.load.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;

/// One line of the table. Immutable.
///
/// @param ratio to Mosquitto's; empty for Mosquitto itself, without it, and if anything was lost or refused
/// @param target the largest ratio (or value, if `absolute`) that is aimed for
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Row(
        String work,
        String metric,
        String contestant,
        Spread value,
        Optional<Spread> ratio,
        Optional<Double> target,
        boolean absolute) {
    /// The contestant that the others are compared with, if it took part.
    static final String MEASURE = "mosquitto";

    static Row of(Part part, Metric metric, String contestant, Map<String, Rounds> results, Rounds rounds) {
        return new Row(
                part.name(),
                metric.name(),
                contestant,
                rounds.of(metric.of()),
                Optional.ofNullable(results.get(MEASURE))
                        .filter(_ -> !contestant.equals(MEASURE))
                        .flatMap(measure -> rounds.ratioTo(measure, metric.of())),
                Optional.ofNullable(metric.targets().get(contestant)),
                false);
    }

    /// Whether the target is reached; empty if there is none, or no figure to hold against it.
    public Optional<Boolean> reached() {
        Optional<Spread> figure = absolute ? Optional.of(value) : ratio;
        return target.flatMap(limit -> figure.map(spread -> spread.median() <= limit));
    }
}
