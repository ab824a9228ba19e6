package assent.server.admin.console;

import java.util.List;
import java.util.Locale;

/// Draws figures over time as SVG, out of numbers and its own words alone. Pure functions.
final class Chart {
    private static final int WIDTH = 600;
    private static final int HEIGHT = 120;
    private static final int TOP = 8;

    private Chart() {}

    /// A line of a chart.
    ///
    /// @param style the class that gives it its colour: `one`, `two`
    record Line(String style, List<Double> values) {}

    /// Lines over the same time, the newest at the right, from zero to [#ceiling]. One that is zero all the time is not
    /// drawn: it would lie over the others.
    ///
    /// @param room how many values fill the width; with fewer the line starts further to the right
    static String lines(List<Line> lines, int room) {
        double top = ceiling(lines);
        var svg = new StringBuilder();
        svg.append("<svg class=\"chart\" viewBox=\"0 0 ")
                .append(WIDTH)
                .append(' ')
                .append(HEIGHT)
                .append("\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">");
        for (int quarter = 1; quarter <= 3; quarter++) {
            double y = TOP + (HEIGHT - TOP) * quarter / 4.0;
            svg.append(String.format(
                    Locale.ROOT, "<line class=\"grid\" x1=\"0\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", WIDTH, y, y));
        }
        for (Line line : lines) {
            if (line.values().size() > 1 && line.values().stream().anyMatch(value -> value > 0)) {
                String points = points(line.values(), room, top);
                double start = x(0, line.values().size(), room);
                svg.append(String.format(
                        Locale.ROOT,
                        "<polygon class=\"fill %s\" points=\"%.1f,%d %s %d,%d\"/>",
                        line.style(),
                        start,
                        HEIGHT,
                        points,
                        WIDTH,
                        HEIGHT));
                svg.append(String.format(
                        Locale.ROOT, "<polyline class=\"line %s\" points=\"%s\"/>", line.style(), points));
            }
        }
        return svg.append("</svg>").toString();
    }

    /// A round number at or above everything drawn, for the label at the top.
    static double ceiling(List<Line> lines) {
        double most = lines.stream()
                .flatMap(line -> line.values().stream())
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(0);
        if (most <= 0) {
            return 1;
        }
        double scale = Math.pow(10, Math.floor(Math.log10(most)));
        for (double step : new double[] {1, 2, 5, 10}) {
            if (most <= step * scale) {
                return step * scale;
            }
        }
        return 10 * scale;
    }

    private static String points(List<Double> values, int room, double top) {
        var points = new StringBuilder();
        for (int i = 0; i < values.size(); i++) {
            double y = HEIGHT - (HEIGHT - TOP) * Math.clamp(values.get(i) / top, 0, 1);
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(i, values.size(), room), y));
        }
        return points.toString().strip();
    }

    private static double x(int index, int count, int room) {
        return WIDTH * (1 - (count - 1 - index) / (double) Math.max(1, room - 1));
    }
}
