package assent.sim.demo;

import assent.protocol.PhoneNumber;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The ways in which a number or a text may stand in a file. Stateless.
final class Spellings {
    private static final List<Charset> CHARSETS =
            List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE);
    private static final int BASE64_GROUP_BYTES = 3;
    private static final int BASE64_GROUP_CHARACTERS = 4;

    private Spellings() {}

    /// With and without plus, international prefix and calling code; in UTF-8 and UTF-16, packed two
    /// digits a byte in both orders, and in base64 at each alignment.
    static List<byte[]> of(PhoneNumber number) {
        String digits = number.e164().substring(1);
        String national =
                digits.substring(Integer.toString(number.callingCode()).length());
        var all = new ArrayList<byte[]>();
        for (String spelled : Set.of(digits, national)) { // the plus and prefixes stand before one of these
            all.addAll(of(spelled));
            all.add(packed(spelled, false));
            all.add(packed(spelled, true));
        }
        return all;
    }

    /// In UTF-8 and UTF-16, and each of these in base64 at each alignment.
    static List<byte[]> of(String text) {
        var all = new ArrayList<byte[]>();
        for (Charset charset : CHARSETS) {
            byte[] bytes = text.getBytes(charset);
            all.add(bytes);
            all.addAll(base64(bytes));
        }
        return all;
    }

    /// Two digits a byte; with the first of them in the low half if `reversed`, as GSM packs numbers
    /// (3GPP TS 23.040, 9.1.2.3). The last digit of an odd number is left out, whatever fills its byte.
    private static byte[] packed(String digits, boolean reversed) {
        byte[] bytes = new byte[digits.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int first = digits.charAt(2 * i) - '0';
            int second = digits.charAt(2 * i + 1) - '0';
            bytes[i] = (byte) (reversed ? (second << 4) | first : (first << 4) | second);
        }
        return bytes;
    }

    /// What base64 makes of these bytes for certain, wherever in the encoded bytes they stand: the
    /// characters that only these bytes decide.
    private static Set<byte[]> base64(byte[] bytes) {
        var all = new LinkedHashSet<byte[]>();
        for (int before = 0; before < BASE64_GROUP_BYTES; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = before == 0 ? 0 : before + 1; // characters that the bytes before share in
            int to = shifted.length % BASE64_GROUP_BYTES == 0
                    ? encoded.length()
                    : shifted.length / BASE64_GROUP_BYTES * BASE64_GROUP_CHARACTERS
                            + shifted.length % BASE64_GROUP_BYTES;
            String certain = encoded.substring(from, to);
            all.add(certain.getBytes(StandardCharsets.US_ASCII));
            all.add(certain.replace('+', '-').replace('/', '_').getBytes(StandardCharsets.US_ASCII));
        }
        return all;
    }

    /// The most bytes that any of these has.
    static int longest(List<byte[]> spellings) {
        return spellings.stream().mapToInt(bytes -> bytes.length).max().orElse(0);
    }

    /// Whether `spelling` stands in `bytes` at `offset`.
    static boolean standsAt(byte[] bytes, int offset, int limit, byte[] spelling) {
        return limit - offset >= spelling.length
                && Arrays.equals(bytes, offset, offset + spelling.length, spelling, 0, spelling.length);
    }
}
