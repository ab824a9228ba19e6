package assent.server.activation;

import assent.protocol.Limits;
import java.security.SecureRandom;
import java.util.Locale;

/// Makes codes, and the texts that devices send. Thread-safe.
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Without vowels, so that no words appear, and without digits and letters that look alike.
    private static final String ALPHABET = "BCDFGHJKLMNPQRSTVWXZ2456789";

    /// 16 characters of 27: 76 bits.
    private static final int GROUPS = 4;

    private static final int GROUP_CHARS = 4;

    private static final String TEXT_PREFIX = "ASSENT";

    private Secrets() {}

    static String code() {
        int bound = 1;
        for (int i = 0; i < Limits.CODE_DIGITS; i++) {
            bound *= 10;
        }
        return String.format(Locale.ROOT, "%0" + Limits.CODE_DIGITS + "d", RANDOM.nextInt(bound));
    }

    static String text() {
        var text = new StringBuilder(TEXT_PREFIX);
        for (int group = 0; group < GROUPS; group++) {
            text.append(' ');
            for (int i = 0; i < GROUP_CHARS; i++) {
                text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
            }
        }
        return text.toString();
    }

    /// Phones and people add spaces at the ends and change case.
    static String normalise(String text) {
        return text.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
    }
}
