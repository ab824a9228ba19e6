package assent.protocol;

/// The form of a language tag as this protocol takes it: the well-formed tags of BCP 47 (RFC 5646),
/// by their outline.
public final class LanguageTag {
    private LanguageTag() {}

    /// Whether `tag` is one or more groups of 1 to 8 ASCII letters or digits with single hyphens
    /// between them, and has at most [Limits#LOCALE_BYTES_MAX] characters. Whether such a language
    /// exists is another question.
    public static boolean isWellFormed(String tag) {
        if (tag.length() > Limits.LOCALE_BYTES_MAX) {
            return false;
        }
        int groupLength = 0;
        for (int i = 0; i < tag.length(); i++) {
            char c = tag.charAt(i);
            if (c == '-' && groupLength > 0) {
                groupLength = 0;
            } else if (isLetterOrDigit(c) && groupLength < 8) {
                groupLength++;
            } else {
                return false;
            }
        }
        return groupLength > 0;
    }

    private static boolean isLetterOrDigit(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
