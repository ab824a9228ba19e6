package assent.server.audit;

import assent.protocol.Bytes;
import assent.protocol.consent.PublicKey;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;

/// Whether an export of the audit log is whole and unchanged: every entry in its place, none missing,
/// none changed, and the end signed by the gateway. Stateless; reads one line at a time.
public final class AuditCheck {
    /// What a line may have at most.
    private static final int LINE_CHARS_MAX = 1 << 20;

    private AuditCheck() {}

    /// What the check says.
    public sealed interface Verdict {
        /// @param entries how many there are
        /// @param head the hash of the newest, which a later export must still have in its place
        record Sound(long entries, Bytes head) implements Verdict {}

        /// @param line of the file, counted from 1
        record Broken(long line, String why) implements Verdict {}
    }

    /// What is known of an earlier export.
    public record Known(long entries, Bytes head) {}

    /// @param export as [AuditLog#export] wrote it
    /// @param key the gateway's public key
    /// @param known an earlier export's end, which must be found again
    /// @throws IOException if it cannot be read
    public static Verdict verify(Reader export, PublicKey key, Optional<Known> known) throws IOException {
        var lines = new BufferedReader(export);
        Bytes head = AuditEntry.NOTHING;
        long entries = 0;
        boolean foundAgain = known.isEmpty() || known.get().entries() == 0;
        while (true) {
            long number = entries + 1;
            Optional<String> line;
            try {
                line = line(lines);
            } catch (CharacterCodingException e) {
                return new Verdict.Broken(number, "it is not UTF-8");
            }
            if (line.isEmpty()) {
                return new Verdict.Broken(number, "the file ends here, without the gateway's signed anchor");
            }
            try {
                if (line.get().startsWith("{\"anchor\":")) {
                    return end(AuditAnchor.parse(line.get()), lines, key, entries, head, foundAgain);
                }
                AuditEntry entry = AuditEntry.parse(line.get());
                if (entry.number() != number || !entry.previous().equals(head)) {
                    return new Verdict.Broken(number, "it does not follow the entry before it");
                }
                head = entry.hash();
                entries = number;
                if (known.isPresent() && known.get().entries() == entries) {
                    if (!known.get().head().equals(head)) {
                        return new Verdict.Broken(number, "it is not the entry that was there before");
                    }
                    foundAgain = true;
                }
            } catch (IllegalArgumentException e) {
                return new Verdict.Broken(number, String.valueOf(e.getMessage()));
            }
        }
    }

    private static Verdict end(
            AuditAnchor anchor, BufferedReader lines, PublicKey key, long entries, Bytes head, boolean foundAgain)
            throws IOException {
        long line = entries + 1;
        if (anchor.entries() != entries || !anchor.head().equals(head)) {
            return new Verdict.Broken(
                    line, "the anchor is for " + anchor.entries() + " entries, and here are " + entries);
        }
        if (!anchor.isSignedBy(key)) {
            return new Verdict.Broken(line, "the anchor is not signed by this key");
        }
        if (lines.read() >= 0) {
            return new Verdict.Broken(line + 1, "something follows the anchor");
        }
        return foundAgain
                ? new Verdict.Sound(entries, head)
                : new Verdict.Broken(line, "entries that were there before are missing");
    }

    /// A line that ends with a line feed; empty at the file's end.
    private static Optional<String> line(BufferedReader lines) throws IOException {
        var line = new StringBuilder();
        for (int c = lines.read(); c >= 0; c = lines.read()) {
            if (c == '\n') {
                return Optional.of(line.toString());
            }
            if (line.length() == LINE_CHARS_MAX) {
                return Optional.of("");
            }
            line.append((char) c);
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line + "\0");
    }
}
