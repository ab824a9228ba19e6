package assent.server.support;

import assent.protocol.PhoneNumber;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Finds something secret in bytes, however it is spelled there. Immutable.
///
/// A hit is named by the spelling, never by the secret.
public final class Spellings {
    private final Map<String, byte[]> byName = new LinkedHashMap<>();

    private Spellings() {}

    /// A phone number: with plus, without it, and national, each in ASCII, UTF-16, base64 and
    /// hexadecimal; as packed digits in both orders of halves (3GPP TS 23.040, clause 9.1.2.3); as
    /// a 64-bit number in both orders of bytes.
    public static Spellings of(PhoneNumber number) {
        String international = number.e164().substring(1);
        String national =
                international.substring(Integer.toString(number.callingCode()).length());
        var spellings = new Spellings();
        spellings.addText("E.164", number.e164());
        spellings.addText("without plus", international);
        spellings.addText("national", national);
        spellings.addDigits("without plus", international);
        spellings.addDigits("national", national);
        for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] bytes = ByteBuffer.allocate(Long.BYTES)
                    .order(order)
                    .putLong(Long.parseLong(international))
                    .array();
            spellings.byName.put("64-bit number, " + order, bytes);
        }
        return spellings;
    }

    /// A text, such as a body or a code: in UTF-8, UTF-16, base64 and hexadecimal.
    public static Spellings of(String text) {
        var spellings = new Spellings();
        spellings.addText("text", text);
        return spellings;
    }

    /// The secret in every spelling, by name; so that a test can plant each.
    public Map<String, byte[]> all() {
        return Map.copyOf(byName);
    }

    /// The names of the spellings that these bytes hold.
    public List<String> in(byte[] bytes) {
        // One byte becomes one character, so that the virtual machine's fast search of strings can be used.
        String haystack = new String(bytes, StandardCharsets.ISO_8859_1);
        return byName.entrySet().stream()
                .filter(spelling -> haystack.contains(new String(spelling.getValue(), StandardCharsets.ISO_8859_1)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /// Every file of the folder and its subfolders that holds a spelling, in its content or its name.
    public List<String> in(Path folder) throws IOException {
        var hits = new ArrayList<String>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                in(file.getFileName().toString().getBytes(StandardCharsets.UTF_8))
                        .forEach(hit -> hits.add("a file name: " + hit));
                in(contentOf(file)).forEach(hit -> hits.add(file.getFileName() + ": " + hit));
            }
        }
        return hits;
    }

    private static byte[] contentOf(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return new byte[0]; // tidied away by the store in the meantime
        }
    }

    private void addText(String name, String text) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            byte[] bytes = text.getBytes(charset);
            String kind = name + ", " + charset;
            byName.put(kind, bytes);
            byName.put(kind + ", hexadecimal", ascii(HexFormat.of().formatHex(bytes)));
            byName.put(
                    kind + ", HEXADECIMAL", ascii(HexFormat.of().withUpperCase().formatHex(bytes)));
            for (int skip = 0; skip < 3; skip++) {
                byName.put(kind + ", base64 from byte " + skip, base64Within(bytes, skip));
            }
        }
    }

    /// What base64 makes of `bytes` when they begin `skip` bytes after a multiple of three: only
    /// the characters that depend on nothing else.
    private static byte[] base64Within(byte[] bytes, int skip) {
        byte[] shifted = new byte[skip + bytes.length];
        System.arraycopy(bytes, 0, shifted, skip, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int first = (skip * 8 + 5) / 6;
        int end = shifted.length * 8 / 6;
        return ascii(encoded.substring(first, end));
    }

    /// Two digits to a byte, beginning with the first digit or, if another stands before it, with
    /// the second.
    private void addDigits(String name, String digits) {
        for (int from = 0; from < 2; from++) {
            int count = (digits.length() - from) / 2;
            byte[] inOrder = new byte[count];
            byte[] swapped = new byte[count];
            for (int i = 0; i < count; i++) {
                int first = digits.charAt(from + 2 * i) - '0';
                int second = digits.charAt(from + 2 * i + 1) - '0';
                inOrder[i] = (byte) (first << 4 | second);
                swapped[i] = (byte) (second << 4 | first);
            }
            byName.put(name + ", packed digits from " + from, inOrder);
            byName.put(name + ", swapped packed digits from " + from, swapped);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
