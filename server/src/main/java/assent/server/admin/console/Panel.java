package assent.server.admin.console;

import assent.server.admin.desk.Pulse;
import java.util.List;

/// A chart with its words. Immutable.
///
/// @param keys what each line is, with its value now
/// @param svg made of numbers alone
/// @param top what the upper edge stands for
public record Panel(String title, List<Key> keys, String svg, String top) {
    /// @param style the colour: `one` to `four`
    public record Key(String style, String words, String now) {}

    /// A line to be drawn.
    record Line(String style, String words, List<Double> values) {}

    /// @param unit behind each value: `/s`
    static Panel of(String title, String unit, List<Line> lines) {
        var drawn = lines.stream()
                .map(one -> new Chart.Line(one.style(), one.values()))
                .toList();
        var keys = lines.stream()
                .map(one -> new Key(one.style(), one.words(), Shown.value(Rates.last(one.values())) + unit))
                .toList();
        return new Panel(title, keys, Chart.lines(drawn, Pulse.SAMPLES_MAX), Shown.value(Chart.ceiling(drawn)) + unit);
    }
}
