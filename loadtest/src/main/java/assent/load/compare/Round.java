package assent.load.compare;

import assent.load.work.Counts;
import assent.load.work.Faults;
import assent.load.work.Report;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// One contestant's turn. Immutable.
///
/// @param texts that were done
/// @param connects connections that became ready
/// @param arrival latency until a text was with its recipient's phone, in microseconds
/// @param faults why nothing may be concluded from it; empty if nothing was lost or refused
public record Round(
        long texts, long connects, double seconds, double serverCpuMicros, Histogram arrival, List<String> faults) {
    static Round of(Report.Stretch stretch) {
        Counts measured = stretch.counts().counts();
        return new Round(
                measured.texts().done(),
                measured.connected(),
                stretch.seconds(),
                stretch.serverCpuMicros(),
                measured.arrival(),
                Faults.of(measured.plus(stretch.after().counts()), stretch.lost()));
    }

    /// Two stretches that belong together, such as filling a mailbox and emptying it.
    Round and(Round later) {
        Histogram both = arrival.copy();
        both.add(later.arrival);
        var allFaults = new ArrayList<>(faults);
        allFaults.addAll(later.faults);
        return new Round(
                texts + later.texts,
                connects + later.connects,
                seconds + later.seconds,
                serverCpuMicros + later.serverCpuMicros,
                both,
                List.copyOf(allFaults));
    }

    /// Its faults alone.
    Round withoutTime() {
        return new Round(0, 0, 0, 0, arrival, faults);
    }

    public double cpuMicrosPerText() {
        return serverCpuMicros / texts;
    }

    public double textsPerSecond() {
        return texts / seconds;
    }

    public double cpuMicrosPerConnect() {
        return serverCpuMicros / connects;
    }

    double arrivalMicros(double percentile) {
        return arrival.getValueAtPercentile(percentile);
    }
}
