package assent.sim.phone;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/// Breaks text into lines of at most so many columns, where its language allows: Chinese has no
/// spaces, and its characters take two columns. Stateless.
final class Wrapping {
    private Wrapping() {}

    /// @param indent before each line; counts
    static List<String> wrap(String text, String indent, int width, Locale locale) {
        BreakIterator breaks = BreakIterator.getLineInstance(locale);
        breaks.setText(text);
        var lines = new ArrayList<String>();
        var line = new StringBuilder(indent);
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String piece = text.substring(start, end);
            while (piece.length() > width - indent.length() && columns(piece) == piece.length()) {
                // Wider than a line, as a key is; ASCII, so that a column is a character.
                if (line.length() > indent.length()) {
                    lines.add(line.toString().stripTrailing());
                }
                lines.add(indent + piece.substring(0, width - indent.length()));
                piece = piece.substring(width - indent.length());
                line = new StringBuilder(indent);
            }
            if (columns(line.toString()) + columns(piece.stripTrailing()) > width && line.length() > indent.length()) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(piece);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    static int columns(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
