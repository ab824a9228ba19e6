package assent.load.compare;

import assent.load.work.Counts;
import assent.load.work.Report;
import java.util.ArrayList;
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
                faults(measured.plus(stretch.after().counts()), stretch.lost()));
    }

    private static List<String> faults(Counts all, long lost) {
        var faults = new ArrayList<String>();
        if (lost > 0) {
            faults.add(lost + " texts lost");
        }
        all.refused().forEach((reason, count) -> faults.add(count + " texts refused (" + reason + ")"));
        all.ended().forEach((reason, count) -> faults.add(count + " connections ended (" + reason + ")"));
        if (all.texts().wrong() > 0) {
            faults.add(all.texts().wrong() + " texts arrived changed or out of order");
        }
        if (all.texts().duplicates() > 0) {
            faults.add(all.texts().duplicates() + " texts arrived twice");
        }
        if (all.texts().done() == 0) {
            faults.add("no text arrived");
        }
        return List.copyOf(faults);
    }

    public double cpuMicrosPerText() {
        return serverCpuMicros / texts;
    }

    public double textsPerSecond() {
        return texts / seconds;
    }
}
