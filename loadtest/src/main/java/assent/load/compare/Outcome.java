package assent.load.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a comparison has found. Immutable.
///
/// @param measure the contestant that the others are compared with
/// @param faults by work and contestant; from such a run no ratio is made
public record Outcome(String measure, List<Row> rows, List<String> faults, boolean partial) {
    /// Nothing yet.
    public static Outcome against(String measure) {
        return new Outcome(measure, List.of(), List.of(), false);
    }

    public Outcome plus(Part part, Map<String, Rounds> results) {
        var more = new ArrayList<>(rows);
        var moreFaults = new ArrayList<>(faults);
        for (Metric metric : part.metrics()) {
            results.forEach((name, rounds) -> more.add(Row.of(part, metric, name, measure, results, rounds)));
        }
        results.forEach((name, rounds) ->
                rounds.faults().forEach(fault -> moreFaults.add(part.name() + ", " + name + ": " + fault)));
        return new Outcome(measure, more, moreFaults, partial);
    }

    public Outcome plus(Row row) {
        var more = new ArrayList<>(rows);
        more.add(row);
        return new Outcome(measure, more, faults, partial);
    }

    public Outcome endedEarly(boolean early) {
        return new Outcome(measure, rows, faults, early);
    }
}
