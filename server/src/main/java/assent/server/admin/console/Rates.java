package assent.server.admin.console;

import assent.server.admin.desk.Figure;
import assent.server.admin.desk.Sample;
import assent.server.admin.desk.Timing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// What a chart draws, out of samples that were taken once a second: rates and quantiles over a few seconds each, so
/// that single texts do not make a comb of it. Pure functions.
final class Rates {
    private Rates() {}

    static List<Double> values(List<Sample> samples, Figure figure) {
        return samples.stream().map(one -> one.value(figure)).toList();
    }

    /// @param over how many seconds
    static List<Double> perSecond(List<Sample> samples, Figure figure, int over) {
        return between(samples, over, (earlier, later) -> {
            double seconds = Duration.between(earlier.at(), later.at()).toNanos() / 1e9;
            return seconds <= 0 ? 0 : Math.max(0, later.value(figure) - earlier.value(figure)) / seconds;
        });
    }

    /// How many there were in the minute before each sample.
    static List<Double> inLastMinute(List<Sample> samples, Figure figure) {
        return between(samples, 60, (earlier, later) -> Math.max(0, later.value(figure) - earlier.value(figure)));
    }

    /// In milliseconds; zero where there was nothing.
    static List<Double> millis(List<Sample> samples, Timing timing, double share, int over) {
        return between(
                samples,
                over,
                (earlier, later) -> 1000
                        * later.times(timing)
                                .since(earlier.times(timing))
                                .quantile(share)
                                .orElse(0.0));
    }

    private static List<Double> between(List<Sample> samples, int over, BiFunction<Sample, Sample, Double> value) {
        var values = new ArrayList<Double>();
        for (int i = 1; i < samples.size(); i++) {
            values.add(value.apply(samples.get(Math.max(0, i - over)), samples.get(i)));
        }
        return values;
    }

    static double last(List<Double> values) {
        return values.isEmpty() ? 0 : values.getLast();
    }
}
