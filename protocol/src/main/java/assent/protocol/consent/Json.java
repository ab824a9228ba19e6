package assent.protocol.consent;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// Writes JSON (RFC 8259), indented by two spaces, and does not read it: what a device writes needs
/// no library. Values are strings, numbers, truth values, lists, and maps from strings, in their
/// order. Pure functions.
public final class Json {
    private Json() {}

    /// @throws IllegalArgumentException if a value is of another type
    public static String write(Map<String, ?> object) {
        var out = new StringBuilder(4096);
        value(out, object, "\n");
        return out.append('\n').toString();
    }

    private static void value(StringBuilder out, Object value, String newLine) {
        switch (value) {
            case String text -> string(out, text);
            case Number number -> out.append(number);
            case Boolean truth -> out.append(truth);
            case List<?> list -> list(out, list, newLine + "  ");
            case Map<?, ?> map -> map(out, map, newLine + "  ");
            default -> throw new IllegalArgumentException("no JSON for a " + value.getClass());
        }
    }

    private static void list(StringBuilder out, List<?> list, String newLine) {
        out.append('[');
        for (Iterator<?> each = list.iterator(); each.hasNext(); ) {
            out.append(newLine);
            value(out, each.next(), newLine);
            out.append(each.hasNext() ? "," : "");
        }
        out.append(newLine, 0, newLine.length() - 2).append(']');
    }

    private static void map(StringBuilder out, Map<?, ?> map, String newLine) {
        out.append('{');
        for (Iterator<? extends Map.Entry<?, ?>> each = map.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<?, ?> entry = each.next();
            out.append(newLine);
            string(out, (String) entry.getKey());
            out.append(": ");
            value(out, entry.getValue(), newLine);
            out.append(each.hasNext() ? "," : "");
        }
        out.append(newLine, 0, newLine.length() - 2).append('}');
    }

    private static void string(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00")
                                .append(Character.forDigit(c >> 4, 16))
                                .append(Character.forDigit(c & 15, 16));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
