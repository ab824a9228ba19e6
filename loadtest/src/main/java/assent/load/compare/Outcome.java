package assent.load.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a comparison has found. Immutable.
///
/// @param faults by work and contestant; from such a run no ratio is made
public record Outcome(List<Row> rows, List<String> faults, boolean partial) {
    public static Outcome none() {
        return new Outcome(List.of(), List.of(), false);
    }

    public Outcome plus(Part part, Map<String, Rounds> results) {
        var more = new ArrayList<>(rows);
        var moreFaults = new ArrayList<>(faults);
        for (Metric metric : part.metrics()) {
            results.forEach((name, rounds) -> more.add(Row.of(part, metric, name, results, rounds)));
        }
        results.forEach((name, rounds) ->
                rounds.faults().forEach(fault -> moreFaults.add(part.name() + ", " + name + ": " + fault)));
        return new Outcome(more, moreFaults, partial);
    }

    public Outcome plus(Row row) {
        var more = new ArrayList<>(rows);
        more.add(row);
        return new Outcome(more, faults, partial);
    }

    public Outcome endedEarly(boolean early) {
        return new Outcome(rows, faults, early);
    }
}
