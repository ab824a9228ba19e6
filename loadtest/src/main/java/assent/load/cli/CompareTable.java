package assent.load.cli;

import assent.load.compare.Outcome;
import assent.load.compare.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What came out of a comparison, for people.
final class CompareTable {
    private static final String ROW = "  %-28s %-18s %-30s %-22s %-8s %s";

    private CompareTable() {}

    static List<String> lines(Outcome outcome) {
        var lines = new ArrayList<String>();
        lines.add("Medians, in brackets the smallest and the largest of the rounds. Latency until a text was with its"
                + " recipient." + (outcome.partial() ? " PARTIAL: ended early." : ""));
        String work = "";
        for (Row row : outcome.rows()) {
            if (!row.work().equals(work)) {
                work = row.work();
                lines.add(work);
                lines.add(String.format(
                        Locale.ROOT, ROW, "", "", "", "ratio to " + outcome.measure(), "target", "reached"));
            }
            lines.add(line(row).stripTrailing());
        }
        outcome.faults().forEach(fault -> lines.add("FAULT: " + fault + "; from such a run no ratio is made"));
        return lines;
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                ROW,
                row.metric(),
                row.contestant(),
                row.value().text(row.value().median() < 1_000 ? 1 : 0),
                row.ratio().map(spread -> spread.text(2)).orElse("-"),
                row.target()
                        .map(target -> String.format(Locale.ROOT, row.absolute() ? "%.1f" : "%.2f", target))
                        .orElse(""),
                row.reached().map(reached -> reached ? "yes" : "no").orElse(""));
    }
}
