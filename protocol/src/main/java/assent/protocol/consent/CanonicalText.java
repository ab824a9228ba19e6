package assent.protocol.consent;

import assent.protocol.Bytes;
import assent.protocol.Limits;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The one form in which documents are signed: a label line, then `key: value` lines in a fixed
/// order, each ended by one line feed, in UTF-8.
///
/// Every document type writes its keys in one order and its values in one spelling, so that equal
/// documents have equal bytes; reading a document writes it again and compares, which refuses every
/// other spelling. The single `take…` methods rely on that comparison: alone they are lenient
/// (`+5`, upper-case digits, other spellings of a time).
///
/// No exception of this class carries a value or has a cause that does: a stranger may have written
/// the document.
final class CanonicalText {
    private CanonicalText() {}

    /// Writes one document. Not thread-safe.
    static final class Writer {
        private final StringBuilder text = new StringBuilder(512);

        Writer(String label) {
            text.append(label).append('\n');
        }

        /// @throws IllegalArgumentException if the value cannot stand in a canonical document
        Writer line(String key, String value) {
            DocumentValues.requireText(key, value);
            text.append(key).append(": ").append(value).append('\n');
            return this;
        }

        Writer line(String key, Instant value) {
            return line(key, DocumentValues.spell(value));
        }

        Bytes done() {
            Bytes bytes = Bytes.utf8(text.toString());
            if (bytes.length() > Limits.DOCUMENT_BYTES_MAX) {
                throw new IllegalArgumentException("a document has at most " + Limits.DOCUMENT_BYTES_MAX
                        + " bytes, not " + bytes.length() + ": shorten its texts");
            }
            return bytes;
        }
    }

    /// The lines of one document, taken key by key in the order of the type. Not thread-safe.
    static final class Reader {
        private final List<Map.Entry<String, String>> lines;
        private int next;

        /// @throws MalformedDocument if the bytes are no document with this label
        Reader(String label, Bytes canonical) {
            lines = parse(label, canonical);
        }

        /// @throws MalformedDocument if the next line has another key
        String take(String key) {
            if (next >= lines.size() || !lines.get(next).getKey().equals(key)) {
                throw new MalformedDocument("expected the line '" + key + "' as line " + (next + 2));
            }
            return lines.get(next++).getValue();
        }

        /// Takes all lines whose keys begin with `prefix` and a dot; the map's keys are what follows.
        Map<String, String> takeAll(String prefix) {
            var taken = new LinkedHashMap<String, String>();
            while (next < lines.size() && lines.get(next).getKey().startsWith(prefix + ".")) {
                var line = lines.get(next++);
                if (taken.put(line.getKey().substring(prefix.length() + 1), line.getValue()) != null) {
                    throw new MalformedDocument("a line '" + prefix + ".…' stands twice");
                }
            }
            return taken;
        }

        Instant takeInstant(String key) {
            try {
                return Instant.parse(take(key));
            } catch (DateTimeException _) {
                throw new MalformedDocument("'" + key + "' is not a time such as 2026-11-22T18:13:57.250Z");
            }
        }

        int takeInt(String key) {
            try {
                return Integer.parseInt(take(key));
            } catch (NumberFormatException _) {
                throw new MalformedDocument("'" + key + "' is not a whole number");
            }
        }

        Bytes takeHex(String key) {
            try {
                return Bytes.fromHex(take(key));
            } catch (IllegalArgumentException _) {
                throw new MalformedDocument("'" + key + "' is not hexadecimal");
            }
        }
    }

    /// Makes a document from lines, as the caller's `make` does, and sees that `canonical` is its
    /// one spelling.
    ///
    /// @throws MalformedDocument if `make` finds a value out of bounds, or the document has another
    ///     spelling
    static <T extends SignedDocument> T read(Bytes canonical, java.util.function.Supplier<T> make) {
        T document;
        Bytes rewritten;
        try {
            document = make.get();
            rewritten = document.canonical();
        } catch (MalformedDocument e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new MalformedDocument("a value is out of bounds: " + e.getMessage());
        }
        if (!rewritten.equals(canonical)) {
            throw new MalformedDocument("not in canonical form: the same document is written with other bytes");
        }
        return document;
    }

    private static List<Map.Entry<String, String>> parse(String label, Bytes canonical) {
        if (canonical.length() > Limits.DOCUMENT_BYTES_MAX) {
            throw new MalformedDocument("longer than " + Limits.DOCUMENT_BYTES_MAX + " bytes");
        }
        String text = decode(canonical);
        if (!text.startsWith(label + "\n") || !text.endsWith("\n")) {
            throw new MalformedDocument("expected a document that begins with the line '" + label + "'");
        }
        var lines = new ArrayList<Map.Entry<String, String>>();
        int from = label.length() + 1;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            int colon = text.indexOf(": ", from);
            if (colon < 0 || colon > end) {
                throw new MalformedDocument("line " + (lines.size() + 2) + " is not 'key: value'");
            }
            lines.add(Map.entry(text.substring(from, colon), text.substring(colon + 2, end)));
            from = end + 1;
        }
        return lines;
    }

    private static String decode(Bytes canonical) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(canonical.borrow()))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new MalformedDocument("not UTF-8");
        }
    }
}
