package assent.load.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// A run in a few lines for people.
public final class Summary {
    private Summary() {}

    public static List<String> lines(RunResult run) {
        var lines = new ArrayList<String>();
        lines.add(run.scenario() + (run.partial() ? " (partial: ended early)" : "") + ", "
                + number(run.measuredSeconds()) + " s measured");
        if (run.texts().sent() > 0 || run.texts().done() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  texts      %,d sent, %,d done, %,d a second; lost %,d, refused %,d",
                    run.texts().sent(),
                    run.texts().done(),
                    Math.round(run.textsPerSecond()),
                    run.lost(),
                    run.refused()));
        }
        latency(lines, "arrival", run.arrival());
        latency(lines, "answer", run.answer());
        latency(lines, "sign-in", run.connecting());
        if (run.serverCpuMicrosPerText() > 0) {
            lines.add("  server     " + number(run.serverCpuMicrosPerText()) + " us of CPU per text");
        }
        new TreeMap<>(run.figures()).forEach((name, value) -> lines.add("  " + name + " " + number(value)));
        run.faults().forEach(fault -> lines.add("  FAULT: " + fault));
        return lines;
    }

    private static void latency(List<String> lines, String name, Latency latency) {
        if (latency.count() > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-9s  p50 %s, p90 %s, p99 %s, p99.9 %s, max %s ms",
                    name,
                    millis(latency.p50()),
                    millis(latency.p90()),
                    millis(latency.p99()),
                    millis(latency.p999()),
                    millis(latency.max())));
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.2f", micros / 1e3);
    }

    private static String number(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,d", Math.round(value))
                : String.format(Locale.ROOT, "%,.2f", value);
    }
}
