package assent.server.cluster.redis;

import assent.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One entry of a stream. Immutable.
///
/// @param id as Redis writes it: milliseconds, dash, number
/// @param value of its one field
record Entry(String id, Bytes value) {
    static final String BEFORE_ALL = "0-0";

    /// The reply of XREAD on one stream; null says that nothing came.
    static List<Entry> ofRead(@Nullable Object reply) {
        if (!(reply instanceof List<?> streams) || streams.isEmpty()) {
            return List.of();
        }
        return ofRange(((List<?>) streams.getFirst()).get(1));
    }

    /// The reply of XRANGE.
    static List<Entry> ofRange(@Nullable Object reply) {
        return reply instanceof List<?> entries
                ? entries.stream().map(Entry::of).toList()
                : List.of();
    }

    private static Entry of(Object entry) {
        var idAndFields = (List<?>) entry;
        String id = new String((byte[]) idAndFields.get(0), StandardCharsets.US_ASCII);
        byte[] value = (byte[]) ((List<?>) idAndFields.get(1)).get(1);
        return new Entry(id, Bytes.wrap(value));
    }

    /// Whether `one` stands behind `other` in the stream.
    static boolean isBehind(String one, String other) {
        long byTime = time(one) - time(other);
        return byTime != 0 ? byTime > 0 : number(one) > number(other);
    }

    private static long time(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    private static long number(String id) {
        return Long.parseLong(id.substring(id.indexOf('-') + 1));
    }
}
