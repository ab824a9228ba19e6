package assent.server.admin.desk;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How times are spread, as a histogram has them: how many took at most so long. Immutable.
///
/// @param all how many there were
/// @param upTo how many took no longer, by seconds
public record Spread(long all, SortedMap<Double, Long> upTo) {
    public static final Spread NONE = new Spread(0, new TreeMap<>());

    public Spread {
        upTo = Collections.unmodifiableSortedMap(new TreeMap<>(upTo));
    }

    Spread plus(Spread other) {
        var sum = new TreeMap<>(upTo);
        other.upTo().forEach((seconds, count) -> sum.merge(seconds, count, Long::sum));
        return new Spread(all + other.all(), sum);
    }

    /// What came between an earlier look and this one.
    public Spread since(Spread earlier) {
        var between = new TreeMap<Double, Long>();
        upTo.forEach((seconds, count) ->
                between.put(seconds, Math.max(0, count - earlier.upTo().getOrDefault(seconds, 0L))));
        return new Spread(Math.max(0, all - earlier.all()), between);
    }

    /// In how many seconds this share of all was done, taking each bucket's times as spread evenly. What took longer
    /// than the last bound counts as the last bound.
    ///
    /// @param share such as 0.99
    /// @return empty if there were none
    public Optional<Double> quantile(double share) {
        if (all == 0 || upTo.isEmpty()) {
            return Optional.empty();
        }
        double wanted = share * all;
        double lower = 0;
        double below = 0;
        for (var bucket : upTo.entrySet()) {
            double count = bucket.getValue();
            if (count >= wanted && count > below) {
                return Optional.of(lower + (bucket.getKey() - lower) * (wanted - below) / (count - below));
            }
            lower = bucket.getKey();
            below = count;
        }
        return Optional.of(upTo.lastKey());
    }
}
