package assent.server.store.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes replies of Redis apart.
final class Replies {
    private static final byte[] NOTHING = {};

    private Replies() {}

    /// Nothing, where Redis says nil.
    static byte[] bytes(@Nullable Object reply) {
        return reply == null ? NOTHING : (byte[]) reply;
    }

    static boolean isNil(@Nullable Object reply) {
        return reply == null;
    }

    static List<?> list(@Nullable Object reply) {
        return reply == null ? List.of() : (List<?>) reply;
    }

    static long number(@Nullable Object reply) {
        return reply == null ? 0 : (Long) reply;
    }

    static String word(@Nullable Object reply) {
        return new String(bytes(reply), StandardCharsets.US_ASCII);
    }

    /// A number that is written in digits.
    static long digits(@Nullable Object reply) {
        return Long.parseLong(word(reply));
    }
}
