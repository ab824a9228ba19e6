package assent.load.report;

import assent.load.work.Counts;

/// One second of a run. Immutable.
///
/// @param second since the run began
/// @param p50 and the others: until a text was with its recipient's phone, in microseconds
/// @param failures texts refused and connections ended otherwise than asked
/// @param cpuPercent of one processor, used by the server
public record Point(
        long second,
        boolean measured,
        long sent,
        long done,
        long connected,
        long failures,
        long p50,
        long p99,
        long p999,
        long max,
        double cpuPercent,
        double residentMib,
        long files) {
    static Point of(long second, boolean measured, Counts counts, ServerSample sample) {
        Latency arrival = Latency.of(counts.arrival());
        return new Point(
                second,
                measured,
                counts.texts().sent(),
                counts.texts().done(),
                counts.connected(),
                counts.refusedTexts() + counts.endedUnasked(),
                arrival.p50(),
                arrival.p99(),
                arrival.p999(),
                arrival.max(),
                sample.cpuPercent(),
                sample.residentMib(),
                sample.files());
    }
}
