package assent.server.activation;

import assent.protocol.Bytes;
import assent.protocol.consent.Sha256;
import assent.server.keys.Keys;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// Makes the codes of invitations, and tells them from others. Immutable and thread-safe; nothing here
/// blocks.
///
/// A code carries its own last day and a MAC, so that nobody has to keep the codes that were given out,
/// and every gateway with the same keys knows them. What is kept is the hash of a code in use. A code
/// is 15 bytes, day 2, random 5, MAC 8, as 24 characters of Crockford's base 32. The series is in the
/// MAC: another series in the policy revokes all codes before it.
public final class Invitations {
    /// How far ahead the last day may be.
    public static final Duration LIFE_MAX = Duration.ofDays(366);

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BODY_BYTES = 7;
    private static final int RANDOM_BYTES = 5;
    private static final int MAC_BYTES = 8;
    private static final int CODE_CHARS = 24;
    private static final int GROUP_CHARS = 4;
    private static final int BITS_PER_CHAR = 5;

    private final Keys keys;
    private final SecureRandom random = new SecureRandom();

    public Invitations(Keys keys) {
        this.keys = keys;
    }

    /// A fresh code for one activation, in groups of four.
    ///
    /// @param series the policy's
    /// @param lastDay any time of the last day, by UTC, on which it is good
    public String issue(int series, Instant lastDay) {
        byte[] fresh = new byte[RANDOM_BYTES];
        random.nextBytes(fresh);
        byte[] body = ByteBuffer.allocate(BODY_BYTES)
                .putShort((short) day(lastDay))
                .put(fresh)
                .array();
        byte[] code = Arrays.copyOf(body, BODY_BYTES + MAC_BYTES);
        System.arraycopy(mac(series, body), 0, code, BODY_BYTES, MAC_BYTES);
        return spell(code);
    }

    private static long day(Instant at) {
        return Math.floorDiv(at.getEpochSecond(), Duration.ofDays(1).toSeconds());
    }

    private byte[] mac(int series, byte[] body) {
        return Arrays.copyOf(keys.invitationMac(series, Bytes.wrap(body)).toArray(), MAC_BYTES);
    }

    /// Whether the code was made here, in this series, and is still good. What a user types may be in
    /// small letters, grouped otherwise, and have an O for a 0.
    public Optional<Invitation> check(String code, int series, Instant now) {
        return read(code).flatMap(bytes -> {
            byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
            byte[] mac = Arrays.copyOfRange(bytes, BODY_BYTES, BODY_BYTES + MAC_BYTES);
            Instant end = Instant.EPOCH.plus(
                    Duration.ofDays(Short.toUnsignedInt(ByteBuffer.wrap(body).getShort()) + 1L));
            return MessageDigest.isEqual(mac, mac(series, body)) && now.isBefore(end)
                    ? Optional.of(new Invitation(Sha256.of(bytes), end))
                    : Optional.empty();
        });
    }

    private static String spell(byte[] code) {
        var text = new StringBuilder();
        for (int i = 0; i < CODE_CHARS; i++) {
            if (i > 0 && i % GROUP_CHARS == 0) {
                text.append('-');
            }
            int value = 0;
            for (int bit = i * BITS_PER_CHAR; bit < (i + 1) * BITS_PER_CHAR; bit++) {
                int shifted = code[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE);
                value = (value << 1) | (shifted & 1);
            }
            text.append(ALPHABET.charAt(value));
        }
        return text.toString();
    }

    private static Optional<byte[]> read(String typed) {
        byte[] code = new byte[BODY_BYTES + MAC_BYTES];
        int bit = 0;
        for (int at = 0; at < typed.length(); at++) {
            char c = typed.charAt(at);
            if (c == '-' || c == ' ') {
                continue;
            }
            int value = ALPHABET.indexOf(likely(c));
            if (value < 0 || bit == CODE_CHARS * BITS_PER_CHAR) {
                return Optional.empty();
            }
            for (int i = BITS_PER_CHAR - 1; i >= 0; i--, bit++) {
                code[bit / Byte.SIZE] |= (byte) ((value >> i & 1) << (Byte.SIZE - 1 - bit % Byte.SIZE));
            }
        }
        return bit == CODE_CHARS * BITS_PER_CHAR ? Optional.of(code) : Optional.empty();
    }

    /// The character that was meant.
    private static char likely(char c) {
        return switch (Character.toUpperCase(c)) {
            case 'O' -> '0';
            case 'I', 'L' -> '1';
            default -> Character.toUpperCase(c);
        };
    }
}
