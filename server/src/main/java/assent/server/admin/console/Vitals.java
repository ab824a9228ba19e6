package assent.server.admin.console;

import assent.server.admin.desk.Figure;
import assent.server.admin.desk.Sample;
import assent.server.admin.desk.Timing;
import java.util.List;
import java.util.Locale;

/// The figures of the overview, as it shows them. Immutable.
public record Vitals(List<Tile> tiles, List<Panel> panels) {
    private static final int RATE_SECONDS = 5;

    /// Of texts that come now and then, too.
    private static final int TIMES_SECONDS = 15;

    private static final double MEDIAN = 0.5;
    private static final double SLOW = 0.99;

    /// @param unit behind the figure, smaller; may be empty
    public record Tile(String title, String figure, String unit, String note) {}

    /// @param samples the newest last
    static Vitals of(List<Sample> samples) {
        return new Vitals(tiles(samples), panels(samples));
    }

    private static List<Tile> tiles(List<Sample> samples) {
        Sample now = samples.isEmpty() ? Sample.none() : samples.getLast();
        double texts = Rates.last(rate(samples, Figure.DELIVERED_UNSTORED)) + Rates.last(rate(samples, Figure.STORED));
        double unstored = now.value(Figure.DELIVERED_UNSTORED);
        double sent = now.value(Figure.SMS_SENT);
        return List.of(
                new Tile(
                        "Phones signed in",
                        Shown.whole(now.value(Figure.SESSIONS)),
                        "",
                        "of " + Shown.whole(now.value(Figure.CONNECTIONS)) + " connected"),
                new Tile("Texts", Shown.value(texts), "/s", "acknowledged or stored"),
                new Tile(
                        "Delivered in",
                        quantile(samples, Timing.DELIVERY, MEDIAN),
                        "ms",
                        "half of them; 99 % in " + quantile(samples, Timing.DELIVERY, SLOW) + " ms"),
                new Tile(
                        "Never on a disk",
                        Shown.share(unstored, unstored + now.value(Figure.STORED)),
                        "",
                        "of the texts since the start"),
                new Tile(
                        "Codes that proved",
                        Shown.share(now.value(Figure.CODES_PROVED), sent),
                        "",
                        "of " + Shown.whole(sent) + " SMS since the start"),
                new Tile(
                        "Commit",
                        quantile(samples, Timing.COMMIT, MEDIAN),
                        "ms",
                        "half of them; " + Shown.whole(now.value(Figure.COMMIT_QUEUE)) + " writes wait"));
    }

    private static List<Panel> panels(List<Sample> samples) {
        return List.of(
                Panel.of(
                        "Texts",
                        "/s",
                        List.of(
                                new Panel.Line("one", "never stored", rate(samples, Figure.DELIVERED_UNSTORED)),
                                new Panel.Line("two", "stored", rate(samples, Figure.STORED)))),
                Panel.of(
                        "Outcomes",
                        "/s",
                        List.of(
                                new Panel.Line("one", "delivered", rate(samples, Figure.DELIVERED)),
                                new Panel.Line("two", "queued", rate(samples, Figure.QUEUED)),
                                new Panel.Line("three", "fell back", rate(samples, Figure.FELL_BACK)),
                                new Panel.Line("four", "refused", rate(samples, Figure.REFUSED)))),
                Panel.of(
                        "Time to delivery",
                        " ms",
                        List.of(
                                new Panel.Line("two", "99 %", times(samples, Timing.DELIVERY, SLOW)),
                                new Panel.Line("one", "half", times(samples, Timing.DELIVERY, MEDIAN)))),
                Panel.of(
                        "Phones",
                        "",
                        List.of(
                                new Panel.Line("two", "connected", Rates.values(samples, Figure.CONNECTIONS)),
                                new Panel.Line("one", "signed in", Rates.values(samples, Figure.SESSIONS)))),
                Panel.of(
                        "SMS with codes",
                        "/min",
                        List.of(
                                new Panel.Line("two", "sent", Rates.inLastMinute(samples, Figure.SMS_SENT)),
                                new Panel.Line("one", "proved", Rates.inLastMinute(samples, Figure.CODES_PROVED)))),
                Panel.of(
                        "Commit time",
                        " ms",
                        List.of(
                                new Panel.Line("two", "99 %", times(samples, Timing.COMMIT, SLOW)),
                                new Panel.Line("one", "half", times(samples, Timing.COMMIT, MEDIAN)))));
    }

    private static List<Double> rate(List<Sample> samples, Figure figure) {
        return Rates.perSecond(samples, figure, RATE_SECONDS);
    }

    private static List<Double> times(List<Sample> samples, Timing timing, double share) {
        return Rates.millis(samples, timing, share, TIMES_SECONDS);
    }

    /// Of the time that is remembered.
    private static String quantile(List<Sample> samples, Timing timing, double share) {
        if (samples.isEmpty()) {
            return "–";
        }
        return samples.getLast()
                .times(timing)
                .since(samples.getFirst().times(timing))
                .quantile(share)
                .map(seconds -> String.format(Locale.ROOT, seconds < 0.01 ? "%.1f" : "%.0f", 1000 * seconds))
                .orElse("–");
    }
}
