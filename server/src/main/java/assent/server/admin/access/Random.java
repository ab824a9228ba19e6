package assent.server.admin.access;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// Secrets that nobody has to remember, and what is kept of them. Thread-safe.
final class Random {
    private static final int SECRET_BYTES = 32;

    /// Without letters and digits that look alike; 32 characters, so 5 bits each.
    private static final String PASSWORD_ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";

    private static final int PASSWORD_GROUPS = 5;
    private static final int GROUP_CHARS = 4;

    private final SecureRandom source = new SecureRandom();

    /// 256 bits, in characters that are safe in headers and cookies.
    String secret() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
    }

    /// 100 bits that can be typed.
    String password() {
        var password = new StringBuilder();
        for (int group = 0; group < PASSWORD_GROUPS; group++) {
            password.append(group == 0 ? "" : "-");
            for (int i = 0; i < GROUP_CHARS; i++) {
                password.append(PASSWORD_ALPHABET.charAt(source.nextInt(PASSWORD_ALPHABET.length())));
            }
        }
        return password.toString();
    }

    byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        source.nextBytes(bytes);
        return bytes;
    }

    /// What is kept of a [#secret]: it has so many bits that one round is enough.
    static String hash(String secret) {
        try {
            return Bytes.wrap(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)))
                    .hex();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Whether two secrets are the same; takes as long for every other of the same length.
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
