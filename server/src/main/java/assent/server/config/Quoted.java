package assent.server.config;

/// A value from a configuration as it may stand in a message: short, on one line, without control
/// characters.
public final class Quoted {
    private static final int LENGTH_MAX = 60;

    private Quoted() {}

    public static String of(String text) {
        var shown = new StringBuilder("\"");
        text.codePoints().limit(LENGTH_MAX).forEach(c -> {
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.append(text.codePointCount(0, text.length()) > LENGTH_MAX ? "…\"" : "\"")
                .toString();
    }
}
