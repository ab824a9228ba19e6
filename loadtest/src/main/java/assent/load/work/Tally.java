package assent.load.work;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What happened on one event loop. Confined to it.
final class Tally {
    /// Latencies above are counted as this.
    private static final long MICROS_MAX = 3_600_000_000L;

    private static final int DIGITS = 3;

    long sent;
    long delivered;
    long taken;
    long arrived;
    long done;
    long duplicates;
    long wrong;
    long connected;
    /// Arrived at a phone that was away when they were sent.
    long waited;
    private final Map<String, Long> refused = new TreeMap<>();
    private final Map<String, Long> ended = new TreeMap<>();
    private Histogram arrival = histogram();
    private Histogram answer = histogram();
    private Histogram connecting = histogram();

    static Histogram histogram() {
        var histogram = new Histogram(1, MICROS_MAX, DIGITS);
        histogram.setAutoResize(false);
        return histogram;
    }

    void countRefused(String reason) {
        refused.merge(reason, 1L, Long::sum);
    }

    void countEnded(String reason) {
        ended.merge(reason, 1L, Long::sum);
    }

    void recordArrival(long nanos) {
        record(arrival, nanos);
    }

    void recordAnswer(long nanos) {
        record(answer, nanos);
    }

    void recordConnecting(long nanos) {
        record(connecting, nanos);
    }

    private static void record(Histogram histogram, long nanos) {
        histogram.recordValue(Math.clamp(nanos / 1_000, 1, MICROS_MAX));
    }

    /// What happened since the last call of this; the counts start over.
    Counts take() {
        var counts = new Counts(
                new Counts.Texts(sent, delivered, taken, arrived, waited, done, duplicates, wrong),
                connected,
                Map.copyOf(refused),
                Map.copyOf(ended),
                arrival,
                answer,
                connecting);
        sent = delivered = taken = arrived = waited = done = duplicates = wrong = connected = 0;
        refused.clear();
        ended.clear();
        arrival = histogram();
        answer = histogram();
        connecting = histogram();
        return counts;
    }
}
