package assent.server.admin.console;

import assent.server.admin.desk.Figure;
import assent.server.admin.desk.Pulse;
import assent.server.admin.desk.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of the overview, as it shows them. Immutable.
public record Vitals(
        String sessions,
        String connections,
        String texts,
        String unstored,
        String commitTime,
        String waiting,
        Panel traffic,
        Panel phones) {
    /// Drawn over five seconds each, so that single texts do not make a comb of it.
    private static final int RATE_SECONDS = 5;

    /// A chart with its words.
    ///
    /// @param svg made of numbers alone
    /// @param top what the upper edge stands for
    public record Panel(String svg, String top) {}

    static Vitals of(List<Sample> samples) {
        Sample now = samples.isEmpty() ? new Sample(java.time.Instant.EPOCH, java.util.Map.of()) : samples.getLast();
        List<Double> unstored = rates(samples, Figure.DELIVERED_UNSTORED);
        List<Double> stored = rates(samples, Figure.STORED);
        double texts = last(unstored) + last(stored);
        return new Vitals(
                whole(now.value(Figure.SESSIONS)),
                whole(now.value(Figure.CONNECTIONS)),
                rate(texts),
                share(now.value(Figure.DELIVERED_UNSTORED), now.value(Figure.STORED)),
                mean(samples),
                whole(now.value(Figure.COMMIT_QUEUE)),
                panel(List.of(new Chart.Line("one", unstored), new Chart.Line("two", stored)), "/s"),
                panel(
                        List.of(
                                new Chart.Line("two", values(samples, Figure.CONNECTIONS)),
                                new Chart.Line("one", values(samples, Figure.SESSIONS))),
                        ""));
    }

    private static String share(double unstored, double stored) {
        double all = unstored + stored;
        return all == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * unstored / all);
    }

    /// Of the commits that are remembered.
    private static String mean(List<Sample> samples) {
        if (samples.isEmpty()) {
            return "–";
        }
        double commits =
                samples.getLast().value(Figure.COMMITS) - samples.getFirst().value(Figure.COMMITS);
        double seconds = samples.getLast().value(Figure.COMMIT_SECONDS)
                - samples.getFirst().value(Figure.COMMIT_SECONDS);
        return commits <= 0 ? "–" : String.format(Locale.ROOT, "%.2f ms", 1000 * seconds / commits);
    }

    private static Panel panel(List<Chart.Line> lines, String unit) {
        return new Panel(Chart.lines(lines, Pulse.SAMPLES_MAX), rate(Chart.ceiling(lines)) + unit);
    }

    private static List<Double> values(List<Sample> samples, Figure figure) {
        return samples.stream().map(one -> one.value(figure)).toList();
    }

    private static List<Double> rates(List<Sample> samples, Figure figure) {
        var rates = new ArrayList<Double>();
        for (int i = 1; i < samples.size(); i++) {
            Sample earlier = samples.get(Math.max(0, i - RATE_SECONDS));
            Sample later = samples.get(i);
            double seconds = Duration.between(earlier.at(), later.at()).toNanos() / 1e9;
            rates.add(seconds <= 0 ? 0 : Math.max(0, later.value(figure) - earlier.value(figure)) / seconds);
        }
        return rates;
    }

    private static double last(List<Double> values) {
        return values.isEmpty() ? 0 : values.getLast();
    }

    static String whole(double value) {
        return String.format(Locale.ROOT, "%,d", Math.round(value)).replace(',', '\u202f');
    }

    static String rate(double value) {
        return value < 10 && value != Math.rint(value) ? String.format(Locale.ROOT, "%.1f", value) : whole(value);
    }
}
