package assent.server.config;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/// Numbers and durations as operators write them.
public final class Numbers {
    private static final int DIGITS_MAX = 15;

    private Numbers() {}

    /// @throws IllegalArgumentException if `text` is not 1 to 15 decimal digits
    public static long wholeNumber(String text) {
        if (text.isEmpty() || text.length() > DIGITS_MAX || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new IllegalArgumentException("not a whole number");
        }
        return Long.parseLong(text);
    }

    /// Reads a time in UTC.
    ///
    /// @throws IllegalArgumentException if it is none
    public static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a time in UTC", e);
        }
    }

    /// Reads `250ms`, `30s`, `5m`, `1h`, `30d`.
    ///
    /// @throws IllegalArgumentException if `text` is not a whole number with a unit
    public static Duration duration(String text) {
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        long number = wholeNumber(text.substring(0, end).strip());
        return switch (text.substring(end)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            case "d" -> Duration.ofDays(number);
            default -> throw new IllegalArgumentException("no unit");
        };
    }

    /// The form that [#duration] reads, in the largest unit that leaves a whole number.
    public static String show(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0 || millis == 0) {
            return millis + "ms";
        }
        long seconds = millis / 1000;
        if (seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86_400 != 0 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
