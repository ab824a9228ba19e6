package assent.load.work;

import assent.load.driver.LineEvents;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/// What happened in a stretch of time, in one place or, summed, in several. The histograms are its own
/// and not changed any more. Latencies in microseconds, counted from the time at which a text was to be
/// sent, whether or not it could be sent then.
///
/// @param connected connections that became ready
/// @param refused texts that were not taken, by reason
/// @param ended connections that ended, by reason
/// @param arrival until the recipient's phone had the text
/// @param answer until the sender's phone had the server's answer
/// @param connecting from the first packet until the phone was signed in
public record Counts(
        Texts texts,
        long connected,
        Map<String, Long> refused,
        Map<String, Long> ended,
        Histogram arrival,
        Histogram answer,
        Histogram connecting) {
    /// @param delivered answered: the recipient has it
    /// @param taken answered: the server has it
    /// @param waited arrived at a phone that was away when they were sent; their latency is not recorded
    /// @param done arrived and answered
    /// @param duplicates arrived again
    /// @param wrong arrived, and was not what was sent, or not in order
    public record Texts(
            long sent, long delivered, long taken, long arrived, long waited, long done, long duplicates, long wrong) {
        static final Texts NONE = new Texts(0, 0, 0, 0, 0, 0, 0, 0);

        Texts plus(Texts more) {
            return new Texts(
                    sent + more.sent,
                    delivered + more.delivered,
                    taken + more.taken,
                    arrived + more.arrived,
                    waited + more.waited,
                    done + more.done,
                    duplicates + more.duplicates,
                    wrong + more.wrong);
        }
    }

    public static Counts none() {
        return new Counts(Texts.NONE, 0, Map.of(), Map.of(), Tally.histogram(), Tally.histogram(), Tally.histogram());
    }

    public Counts plus(Counts more) {
        return new Counts(
                texts.plus(more.texts),
                connected + more.connected,
                sum(refused, more.refused),
                sum(ended, more.ended),
                sum(arrival, more.arrival),
                sum(answer, more.answer),
                sum(connecting, more.connecting));
    }

    private static Map<String, Long> sum(Map<String, Long> one, Map<String, Long> other) {
        var sum = new TreeMap<>(one);
        other.forEach((key, count) -> sum.merge(key, count, Long::sum));
        return sum;
    }

    private static Histogram sum(Histogram one, Histogram other) {
        Histogram sum = one.copy();
        sum.add(other);
        return sum;
    }

    public long refusedTexts() {
        return refused.values().stream().mapToLong(Long::longValue).sum();
    }

    /// Connections that ended otherwise than by the phone's own wish.
    public long endedUnasked() {
        return ended.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(LineEvents.ASKED))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
