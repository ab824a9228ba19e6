package assent.protocol.consent;

import assent.protocol.Bytes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the user reads before anything is collected, in one language. Immutable.
///
/// @param version the operator's name for this notice; the same in every language
/// @param locale BCP 47 language tag
/// @param controller who answers for the data, with a way to reach them
/// @param region the place where the data lives
/// @param items what is collected: a short name and what the user reads about it
/// @param purposes what it is used for; the names are what a grant lists
/// @param smsMax how many SMS at most one activation will cause
public record Notice(
        String version,
        String locale,
        String title,
        String controller,
        Map<String, String> items,
        Map<String, String> purposes,
        String retention,
        String region,
        String cost,
        int smsMax,
        String withdrawal)
        implements SignedDocument {
    private static final String LABEL = "assent notice v1";
    private static final int SMS_MAX = 10;

    public Notice {
        items = Collections.unmodifiableMap(new LinkedHashMap<>(items));
        purposes = Collections.unmodifiableMap(new LinkedHashMap<>(purposes));
        if (items.isEmpty() || purposes.isEmpty()) {
            throw new IllegalArgumentException("a notice names at least one item and one purpose");
        }
        DocumentValues.requireLocale("locale", locale);
        DocumentValues.requireNames("items", items.keySet());
        DocumentValues.requireNames("purposes", purposes.keySet());
        if (smsMax < 1 || smsMax > SMS_MAX) {
            throw new IllegalArgumentException("'sms-max' is not a number from 1 to " + SMS_MAX);
        }
    }

    @Override
    public Bytes canonical() {
        var writer = new CanonicalText.Writer(LABEL)
                .line("version", version)
                .line("locale", locale)
                .line("title", title)
                .line("controller", controller);
        items.forEach((name, text) -> writer.line("item." + name, text));
        purposes.forEach((name, text) -> writer.line("purpose." + name, text));
        return writer.line("retention", retention)
                .line("region", region)
                .line("cost", cost)
                .line("sms-max", Integer.toString(smsMax))
                .line("withdrawal", withdrawal)
                .done();
    }

    /// The notice's name: SHA-256 of its canonical bytes.
    public Bytes hash() {
        return Sha256.of(canonical());
    }

    /// @throws MalformedDocument if `canonical` is not the canonical form of a notice
    public static Notice parse(Bytes canonical) {
        var reader = new CanonicalText.Reader(LABEL, canonical);
        return CanonicalText.read(
                canonical,
                () -> new Notice(
                        reader.take("version"),
                        reader.take("locale"),
                        reader.take("title"),
                        reader.take("controller"),
                        reader.takeAll("item"),
                        reader.takeAll("purpose"),
                        reader.take("retention"),
                        reader.take("region"),
                        reader.take("cost"),
                        reader.takeInt("sms-max"),
                        reader.take("withdrawal")));
    }
}
