package assent.server.store.copy;

import assent.protocol.Bytes;
import assent.server.keys.Keys;
import assent.server.store.rows.RowWriter;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/// What a store holds, in few words: of each kind how many rows, and one digest over all, whatever
/// their order. It is the sum of the rows' MACs under a key of the gateway's: without the key file it
/// says nothing of what is held. Confined to one thread.
final class Contents {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
    private static final int HEX_DIGITS = 64;

    private final Keys keys;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);
    private BigInteger sum = BigInteger.ZERO;

    Contents(Keys keys) {
        this.keys = keys;
    }

    void add(Row row) {
        var out = new RowWriter().run(Bytes.utf8(row.kind().name()));
        row.writeTo(out);
        sum = sum.add(new BigInteger(1, keys.rowMac(out.done()).borrow())).mod(MODULUS);
        counts.merge(row.kind(), 1L, Long::sum);
    }

    Map<Kind, Long> counts() {
        return Map.copyOf(counts);
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    String digest() {
        String hex = sum.toString(16);
        return "0".repeat(HEX_DIGITS - hex.length()) + hex;
    }

    boolean isSameAs(Contents other) {
        return counts.equals(other.counts) && sum.equals(other.sum);
    }

    /// Where the two differ, for people.
    static String difference(Contents source, Contents target) {
        var text = new StringBuilder();
        for (Kind kind : Kind.values()) {
            long here = source.counts.getOrDefault(kind, 0L);
            long there = target.counts.getOrDefault(kind, 0L);
            if (here != there) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append(kind)
                        .append(' ')
                        .append(here)
                        .append(" and ")
                        .append(there);
            }
        }
        return text.isEmpty() ? "as many rows of each kind, but not the same" : text.toString();
    }

    /// Of the whole digest as much as tells stores apart.
    Bytes bytes() {
        return Bytes.fromHex(digest());
    }
}
