package assent.load.compare;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import java.util.Optional;

/// One line of the table. Immutable.
///
/// @param ratio to that of the contestant whom the others are compared with; empty for that one itself, without it, and
///     if anything was lost or refused
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
    /// @param measure the contestant that the others are compared with, if it took part
    static Row of(
            Part part, Metric metric, String contestant, String measure, Map<String, Rounds> results, Rounds rounds) {
        return new Row(
                part.name(),
                metric.name(),
                contestant,
                rounds.of(metric.of()),
                Optional.ofNullable(results.get(measure))
                        .filter(_ -> !contestant.equals(measure))
                        .flatMap(other -> rounds.ratioTo(other, metric.of())),
                Optional.ofNullable(metric.targets().get(contestant)),
                false);
    }

    /// Whether the target is reached; empty if there is none, or no figure to hold against it.
    public Optional<Boolean> reached() {
        Optional<Spread> figure = absolute ? Optional.of(value) : ratio;
        return target.flatMap(limit -> figure.map(spread -> spread.median() <= limit));
    }
}
