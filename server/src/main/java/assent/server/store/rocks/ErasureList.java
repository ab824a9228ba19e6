package assent.server.store.rocks;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/// What an [ErasureLog] says, and its text. Immutable.
///
/// ```
/// assent-erasures 1 <id> <number of the first entry> <checksum>
/// <number> <milliseconds since 1970> <MAC of the device> <milliseconds of PIN protection, or -> <checksum>
/// ```
///
/// @param id random; tells one log from another
/// @param first number of the first entry, or of the next one if there is none yet
record ErasureList(String id, long first, List<Entry> entries) {
    private static final String KIND = "assent-erasures";
    private static final String VERSION = "1";
    private static final String PIN_GOES = "-";
    private static final int ID_BYTES = 16;

    ErasureList {
        entries = List.copyOf(entries);
    }

    /// An erased activation.
    ///
    /// @param device MAC of its id
    /// @param pinProtection how long its number's registration PIN goes on protecting the number; empty if the
    ///     PIN went too
    record Entry(Instant at, Bytes device, Optional<Duration> pinProtection) {
        private String words() {
            return at.toEpochMilli() + " " + device.hex() + " "
                    + pinProtection.map(time -> Long.toString(time.toMillis())).orElse(PIN_GOES);
        }
    }

    /// Lines, each with a checksum over it and the checksum before: so a bit that flipped is found, and a line
    /// that is missing between others.
    static final class Chain {
        private String checksum = "";
        private long next;

        /// Before the head.
        Chain() {}

        /// Goes on where `other` is.
        Chain(Chain other) {
            this.checksum = other.checksum;
            this.next = other.next;
        }

        String head(String id, long first) {
            next = first;
            return chained(KIND + " " + VERSION + " " + id + " " + first);
        }

        String line(Entry entry) {
            return chained(next++ + " " + entry.words());
        }

        /// The number of the newest line.
        long last() {
            return next - 1;
        }

        private String chained(String words) {
            var crc = new CRC32C();
            crc.update((checksum + words).getBytes(StandardCharsets.US_ASCII));
            checksum = HexFormat.of().toHexDigits((int) crc.getValue());
            return words + " " + checksum + "\n";
        }
    }

    static ErasureList fresh() {
        byte[] id = new byte[ID_BYTES];
        new SecureRandom().nextBytes(id);
        return new ErasureList(HexFormat.of().formatHex(id), 1, List.of());
    }

    long last() {
        return first + entries.size() - 1;
    }

    /// Whether all that was erased since the mark is here.
    boolean covers(BackupMark mark) {
        return id.equals(mark.logId()) && first <= mark.last() + 1 && mark.last() <= last();
    }

    /// Without the oldest, those from before `instant`.
    ErasureList since(Instant instant) {
        List<Entry> young = entries.stream()
                .dropWhile(entry -> entry.at().isBefore(instant))
                .toList();
        return new ErasureList(id, last() - young.size() + 1, young);
    }

    /// @param chain a fresh one, which goes on behind the text afterwards
    String text(Chain chain) {
        var text = new StringBuilder(chain.head(id, first));
        entries.forEach(entry -> text.append(chain.line(entry)));
        return text.toString();
    }

    /// The reverse of [#text]. A last line without its end was never confirmed to anybody and is left out.
    ///
    /// @throws IllegalArgumentException if it is no such text, or was changed; names the line
    static ErasureList parse(String text) {
        List<String> lines =
                text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
        var chain = new Chain();
        String[] head = words(lines, 0, 5);
        var list = new ErasureList(head[2], Long.parseLong(head[3]), List.of());
        require(head[0].equals(KIND) && head[1].equals(VERSION), 0);
        require(chain.head(list.id(), list.first()).strip().equals(lines.getFirst()), 0);
        var entries = new ArrayList<Entry>();
        for (int i = 1; i < lines.size(); i++) {
            Entry entry = entry(words(lines, i, 5));
            require(chain.line(entry).strip().equals(lines.get(i)), i);
            entries.add(entry);
        }
        return new ErasureList(list.id(), list.first(), entries);
    }

    private static Entry entry(String[] words) {
        return new Entry(
                Instant.ofEpochMilli(Long.parseLong(words[1])),
                Bytes.fromHex(words[2]),
                words[3].equals(PIN_GOES)
                        ? Optional.empty()
                        : Optional.of(Duration.ofMillis(Long.parseLong(words[3]))));
    }

    private static String[] words(List<String> lines, int i, int count) {
        require(i < lines.size(), i);
        String[] words = lines.get(i).split(" ", -1);
        require(words.length == count, i);
        return words;
    }

    private static void require(boolean fits, int line) {
        if (!fits) {
            throw new IllegalArgumentException("line " + (line + 1) + " is not as it was written");
        }
    }
}
