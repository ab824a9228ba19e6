package assent.load.report;

import assent.load.work.Counts;
import assent.load.work.Report;
import java.util.List;

/// What the workers have measured together. Immutable.
///
/// @param cpuMicros of the server
/// @param after what came after the measured stretch, until nothing was under way
public record Measured(Counts counts, double seconds, double cpuMicros, Counts after, long lost) {
    public static Measured nothing() {
        return new Measured(Counts.none(), 0, 0, Counts.none(), 0);
    }

    /// @param stretches of workers that worked at the same time; only one of them has the server's time
    public static Measured of(List<Report.Stretch> stretches) {
        return stretches.stream()
                .map(stretch -> new Measured(
                        stretch.counts().counts(),
                        stretch.seconds(),
                        stretch.serverCpuMicros(),
                        stretch.after().counts(),
                        stretch.lost()))
                .reduce(nothing(), Measured::beside);
    }

    /// This, and what went wrong in another stretch, which is not measured.
    public Measured afterwards(Measured other) {
        return new Measured(counts, seconds, cpuMicros, after.plus(other.counts).plus(other.after), lost + other.lost);
    }

    private Measured beside(Measured other) {
        return new Measured(
                counts.plus(other.counts),
                Math.max(seconds, other.seconds),
                cpuMicros + other.cpuMicros,
                after.plus(other.after),
                lost + other.lost);
    }
}
