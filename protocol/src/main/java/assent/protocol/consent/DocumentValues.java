package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.LanguageTag;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The bounds of values in canonical documents; `docs/protocol.md`, "Signed documents", lists them.
///
/// A message names the key and what was expected; it never repeats the value, which may come from a
/// stranger.
final class DocumentValues {
    static final int HASH_BYTES = 32;

    private static final int VALUE_CODE_POINTS_MAX = 4_000;
    private static final int COUNTRY_MAX = 999;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,63}");
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    /// Always three digits of fraction, as `toISOString()` of JavaScript writes it: one spelling
    /// for each instant.
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private DocumentValues() {}

    static void requireText(String key, String value) {
        boolean ok = !value.isEmpty()
                && value.codePointCount(0, value.length()) <= VALUE_CODE_POINTS_MAX
                && !Character.isSpaceChar(value.codePointAt(0))
                && !Character.isSpaceChar(value.codePointBefore(value.length()))
                && value.codePoints().allMatch(DocumentValues::isAllowed);
        if (!ok) {
            throw new IllegalArgumentException("'" + key + "' needs 1 to " + VALUE_CODE_POINTS_MAX
                    + " characters without line breaks or other control characters, and no space at its ends");
        }
    }

    /// Everything that some viewer shows as a line break is out: nobody may see more lines than
    /// were signed.
    private static boolean isAllowed(int codePoint) {
        int category = Character.getType(codePoint);
        return category != Character.CONTROL
                && category != Character.LINE_SEPARATOR
                && category != Character.PARAGRAPH_SEPARATOR
                && category != Character.SURROGATE
                && codePoint != BYTE_ORDER_MARK;
    }

    static void requireLength(String key, Bytes value, int bytes) {
        require(value.length() == bytes, key, bytes + " bytes, in hexadecimal");
    }

    static void requireLocale(String key, String value) {
        require(LanguageTag.isWellFormed(value), key, "a language tag such as pt-BR");
    }

    static void requireCountry(String key, int value) {
        require(value >= 1 && value <= COUNTRY_MAX, key, "a country calling code, 1 to " + COUNTRY_MAX);
    }

    static void requireCount(String key, int value) {
        require(value >= 0, key, "a count of zero or more");
    }

    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    static List<String> requireNames(String key, Collection<String> names) {
        boolean ok = !names.isEmpty()
                && names.stream().allMatch(DocumentValues::isName)
                && new HashSet<>(names).size() == names.size();
        require(ok, key, "one or more different names of lower-case letters, digits and hyphens, one space between");
        return List.copyOf(names);
    }

    static Instant requireInstant(String key, Instant value) {
        require(
                !value.isBefore(Instant.EPOCH) && !value.isAfter(LATEST.plusNanos(999_999)),
                key,
                "a time of the years 1970 to 9999");
        return value.truncatedTo(ChronoUnit.MILLIS);
    }

    static String spell(Instant value) {
        return INSTANT.format(value);
    }

    private static void require(boolean condition, String key, String expected) {
        if (!condition) {
            throw new IllegalArgumentException("'" + key + "' is not " + expected);
        }
    }
}
