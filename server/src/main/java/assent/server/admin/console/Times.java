package assent.server.admin.console;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times as pages show them: in UTC, to the second. Pure functions.
final class Times {
    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Times() {}

    static String shown(Instant at) {
        return SHOWN.format(at);
    }

    /// The two largest units: `3 d 4 h`, and one where the other is nothing: `1 h`.
    static String shown(Duration duration) {
        if (duration.toDays() > 0) {
            return shown(duration.toDays(), "d", duration.toHoursPart(), "h");
        }
        if (duration.toHours() > 0) {
            return shown(duration.toHours(), "h", duration.toMinutesPart(), "min");
        }
        return duration.toMinutes() > 0
                ? shown(duration.toMinutes(), "min", duration.toSecondsPart(), "s")
                : duration.toSeconds() + " s";
    }

    private static String shown(long larger, String unit, int smaller, String smallerUnit) {
        String first = larger + " " + unit;
        return smaller == 0 ? first : first + " " + smaller + " " + smallerUnit;
    }
}
