package assent.load.compare;

import assent.load.work.Counts;
import assent.load.work.Faults;
import assent.load.work.Report;
import java.util.List;
import org.HdrHistogram.Histogram;

/// One server's measured stretch. Immutable.
///
/// @param arrival latency until a text was with its recipient's phone, in microseconds
/// @param faults why nothing may be concluded from it; empty if nothing was lost or refused
public record Round(long texts, double seconds, double serverCpuMicros, Histogram arrival, List<String> faults) {
    static Round of(Report.Stretch stretch) {
        Counts measured = stretch.counts().counts();
        return new Round(
                measured.texts().done(),
                stretch.seconds(),
                stretch.serverCpuMicros(),
                measured.arrival(),
                Faults.of(measured.plus(stretch.after().counts()), stretch.lost()));
    }

    public double cpuMicrosPerText() {
        return serverCpuMicros / texts;
    }

    public double textsPerSecond() {
        return texts / seconds;
    }
}
