package assent.sim.phone;

/// Text of others, made safe for a terminal. Stateless.
final class SafeText {
    private static final char INSTEAD = '\uFFFD';

    private SafeText() {}

    /// Without control characters, which could steer the terminal, and without those that change the
    /// direction of what follows; line breaks and tabs become spaces.
    static String of(String text) {
        var safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> safe.appendCodePoint(isBlank(c) ? ' ' : isHarmful(c) ? INSTEAD : c));
        return safe.toString();
    }

    private static boolean isBlank(int c) {
        return c == '\n' || c == '\r' || c == '\t' || c == 0x2028 || c == 0x2029;
    }

    private static boolean isHarmful(int c) {
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || (c >= 0xD800 && c <= 0xDFFF);
    }
}
