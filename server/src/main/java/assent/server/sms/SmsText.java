package assent.server.sms;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A text that fits into one SMS: 1 to [#GSM7_SEPTETS_MAX] septets if the GSM 7 bit alphabet has all
/// its characters, else 1 to [#UCS2_UNITS_MAX] UTF-16 code units (3GPP TS 23.038; an SMS has 140
/// octets). There are no SMS in several parts: a longer text is an error of whoever wrote it.
///
/// Personal data, since codes travel in it: [#toString] shows the alphabet and the length. Immutable.
public final class SmsText {
    /// Most septets; `^ { } \ [ ] ~ | €` and form feed take two each.
    public static final int GSM7_SEPTETS_MAX = 160;

    /// Most UTF-16 code units; a character outside the Basic Multilingual Plane, such as an emoji,
    /// takes two.
    public static final int UCS2_UNITS_MAX = 70;

    /// How the text travels.
    public enum Alphabet {
        GSM7,
        UCS2
    }

    private final String text;
    private final Alphabet alphabet;
    private final byte[] encoded;

    private SmsText(String text, Alphabet alphabet, byte[] encoded) {
        this.text = text;
        this.alphabet = alphabet;
        this.encoded = encoded;
    }

    /// @throws IllegalArgumentException if `text` is empty, too long for one SMS, or not well-formed
    ///     UTF-16; the message does not repeat it
    public static SmsText of(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("an SMS text has at least one character, and this one is empty");
        }
        Optional<byte[]> septets = GsmAlphabet.encode(text);
        if (septets.isPresent()) {
            limit(septets.get().length, GSM7_SEPTETS_MAX, "GSM 7 bit characters (some count twice)");
            return new SmsText(text, Alphabet.GSM7, septets.get());
        }
        limit(text.length(), UCS2_UNITS_MAX, "UTF-16 code units, since GSM 7 bit lacks one of its characters");
        byte[] units = text.getBytes(StandardCharsets.UTF_16BE);
        if (!new String(units, StandardCharsets.UTF_16BE).equals(text)) {
            throw new IllegalArgumentException("an SMS text is well-formed UTF-16, and this one has half a character");
        }
        return new SmsText(text, Alphabet.UCS2, units);
    }

    private static void limit(int length, int max, String unit) {
        if (length > max) {
            throw new IllegalArgumentException(
                    "one SMS takes at most " + max + " " + unit + "; this text has " + length + ": shorten it");
        }
    }

    /// The text itself. Never pass it to a log, a metric or an exception.
    public String text() {
        return text;
    }

    public Alphabet alphabet() {
        return alphabet;
    }

    /// What is sent: one septet in each byte, or UTF-16 with the high byte first. A copy.
    public byte[] encoded() {
        return encoded.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SmsText that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "SmsText[" + alphabet + ", " + encoded.length + " bytes]";
    }
}
