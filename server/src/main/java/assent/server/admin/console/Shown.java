package assent.server.admin.console;

import java.util.Locale;

/// Numbers as pages show them. Pure functions.
final class Shown {
    private Shown() {}

    /// With thin spaces between groups of three digits.
    static String whole(long value) {
        return String.format(Locale.ROOT, "%,d", value).replace(',', '\u202f');
    }

    static String whole(double value) {
        return whole(Math.round(value));
    }

    /// With a decimal where it says something.
    static String value(double value) {
        return value < 10 && value != Math.rint(value) ? String.format(Locale.ROOT, "%.1f", value) : whole(value);
    }

    static String percent(double value) {
        return String.format(Locale.ROOT, "%.1f\u202f%%", value);
    }

    /// Nothing divided by nothing is a dash.
    static String share(double part, double all) {
        return all <= 0 ? "–" : percent(100 * part / all);
    }
}
