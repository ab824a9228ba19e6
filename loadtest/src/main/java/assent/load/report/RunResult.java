package assent.load.report;

import assent.load.work.Counts;
import assent.load.work.CountsForm;
import assent.load.work.Faults;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// A run, as it is written down: `result.json` is this record. Immutable. Latencies in microseconds.
///
/// @param partial it was ended early
/// @param figures what this scenario is about, by name; the unit is in the name
/// @param faults what must not happen; empty in a good run
/// @param arrivalHistogram HdrHistogram's compressed form in Base64, as are the others
public record RunResult(
        String scenario,
        Map<String, String> parameters,
        Instant startedAt,
        double measuredSeconds,
        boolean partial,
        Counts.Texts texts,
        long lost,
        long refused,
        double textsPerSecond,
        double serverCpuMicrosPerText,
        Map<String, Double> figures,
        List<String> faults,
        Latency arrival,
        Latency answer,
        Latency connecting,
        List<Point> timeline,
        String arrivalHistogram,
        String answerHistogram,
        String connectingHistogram) {
    public static RunResult of(Header header, Measured measured, Map<String, Double> figures, List<Point> timeline) {
        Counts counts = measured.counts();
        CountsForm form = CountsForm.of(counts);
        Counts all = counts.plus(measured.after());
        return new RunResult(
                header.scenario(),
                header.parameters(),
                header.startedAt(),
                measured.seconds(),
                header.partial(),
                counts.texts(),
                measured.lost(),
                all.refusedTexts(),
                measured.seconds() > 0 ? counts.texts().done() / measured.seconds() : 0,
                counts.texts().done() > 0
                        ? measured.cpuMicros() / counts.texts().done()
                        : 0,
                figures,
                Faults.of(all, measured.lost()),
                Latency.of(counts.arrival()),
                Latency.of(counts.answer()),
                Latency.of(counts.connecting()),
                timeline,
                form.arrival(),
                form.answer(),
                form.connecting());
    }

    /// What was run. Immutable.
    public record Header(String scenario, Map<String, String> parameters, Instant startedAt, boolean partial) {}
}
