package assent.sim.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// All reports of a run together. Immutable.
record Summary(long seed, boolean isLong, List<FaultReport> reports) {
    private static final double MEDIAN = 0.5;
    private static final double NEARLY_ALL = 0.99;

    boolean isGood() {
        return reports.stream().allMatch(FaultReport::isGood);
    }

    private Verdict verdict() {
        return reports.stream().map(FaultReport::verdict).reduce(Verdict.NOTHING, Verdict::plus);
    }

    private static long percentileMillis(List<Duration> durations, double share) {
        if (durations.isEmpty()) {
            return 0;
        }
        List<Duration> sorted = durations.stream().sorted().toList();
        int rank = (int) Math.ceil(share * sorted.size());
        return sorted.get(Math.max(0, rank - 1)).toMillis();
    }

    /// One line for people.
    String line() {
        Verdict verdict = verdict();
        List<Duration> recoveries = recoveries();
        return String.format(
                Locale.ROOT,
                "acknowledged %d, lost %d, duplicatesShown %d, inversions %d, faults %d, recovery p50 %d ms / p99 %d ms,"
                        + " fellBack %d, shownAfterFallBack %d, permittedDoubles %d, seed %d: %s",
                verdict.acknowledged(),
                verdict.lost(),
                verdict.duplicatesShown(),
                verdict.inversions(),
                faults(),
                percentileMillis(recoveries, MEDIAN),
                percentileMillis(recoveries, NEARLY_ALL),
                verdict.fallBacks().fellBack(),
                verdict.fallBacks().shownAfterFallBack(),
                verdict.fallBacks().permittedDoubles(),
                seed,
                isGood() ? "every promise was kept" : "NOT every promise was kept");
    }

    private int faults() {
        return reports.stream().mapToInt(FaultReport::faults).sum();
    }

    private List<Duration> recoveries() {
        return reports.stream().flatMap(report -> report.recoveries().stream()).toList();
    }

    /// One line for programs.
    String json() {
        Map<String, Object> line = figures(verdict(), faults(), recoveries());
        line.put("seed", seed);
        line.put("long", isLong);
        line.put("good", isGood());
        line.put("runs", reports.stream().map(Summary::run).toList());
        return JsonMapper.shared().writeValueAsString(line);
    }

    private static Map<String, Object> run(FaultReport report) {
        Map<String, Object> run = new LinkedHashMap<>();
        run.put("fault", report.fault());
        if (report.skipped().isPresent()) {
            run.put("skipped", report.skipped().get());
            return run;
        }
        run.putAll(figures(report.verdict(), report.faults(), report.recoveries()));
        run.putAll(report.figures());
        run.put("good", report.isGood());
        if (!report.problems().isEmpty()) {
            run.put("problems", report.problems());
        }
        return run;
    }

    private static Map<String, Object> figures(Verdict verdict, int faults, List<Duration> recoveries) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("acknowledged", verdict.acknowledged());
        figures.put("lost", verdict.lost());
        figures.put("duplicatesShown", verdict.duplicatesShown());
        figures.put("inversions", verdict.inversions());
        figures.put("refused", verdict.refused());
        figures.put("fellBack", verdict.fallBacks().fellBack());
        figures.put("fellBackByTheirOwnClock", verdict.fallBacks().alone());
        figures.put("shownAfterFallBack", verdict.fallBacks().shownAfterFallBack());
        figures.put("permittedDoubles", verdict.fallBacks().permittedDoubles());
        figures.put("unexplainedDoubles", verdict.fallBacks().unexplainedDoubles());
        figures.put("faults", faults);
        figures.put("recoveryP50Millis", percentileMillis(recoveries, MEDIAN));
        figures.put("recoveryP99Millis", percentileMillis(recoveries, NEARLY_ALL));
        return figures;
    }

    /// For people.
    List<String> table() {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%-18s %7s %13s %5s %11s %11s %9s %7s %9s %9s  %s",
                "fault",
                "strikes",
                "acknowledged",
                "lost",
                "duplicates",
                "inversions",
                "fell back",
                "doubles",
                "p50 ms",
                "p99 ms",
                "kept?"));
        for (FaultReport report : reports) {
            lines.add(row(report));
            report.figures().forEach((name, value) -> lines.add("                   " + name + ": " + value));
            report.problems().forEach(problem -> lines.add("                   NOT KEPT: " + problem));
        }
        return lines;
    }

    private static String row(FaultReport report) {
        if (report.skipped().isPresent()) {
            return String.format(
                    Locale.ROOT,
                    "%-18s skipped: %s",
                    report.fault(),
                    report.skipped().get());
        }
        Verdict verdict = report.verdict();
        return String.format(
                Locale.ROOT,
                "%-18s %7d %,13d %5d %11d %11d %9d %7d %9d %9d  %s",
                report.fault(),
                report.faults(),
                verdict.acknowledged(),
                verdict.lost(),
                verdict.duplicatesShown(),
                verdict.inversions(),
                verdict.fallBacks().fellBack(),
                verdict.fallBacks().permittedDoubles(),
                percentileMillis(report.recoveries(), MEDIAN),
                percentileMillis(report.recoveries(), NEARLY_ALL),
                report.isGood() ? "yes" : "NO");
    }
}
