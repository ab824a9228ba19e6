package assent.load.inside;

import assent.server.keys.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The made-up numbers in the order in which the store keeps them, which is that of their MACs. What is
/// stored in it need not be merged by the store again and again: without it that was the larger half of the
/// work. Immutable; eight bytes for each number.
final class FillOrder {
    private static final int INDEX_BITS = 28;
    private static final int INDEX_MASK = (1 << INDEX_BITS) - 1;

    /// More would not fit.
    static final int COUNT_MAX = 1 << INDEX_BITS;

    /// The upper bits are a MAC's beginning, so that sorting sorts by it; the lower are the index.
    private final long[] places;

    /// @param count numbers, from index 0 on
    FillOrder(Keys keys, int count) {
        if (count < 0 || count > COUNT_MAX) {
            throw new IllegalArgumentException(count + " numbers were asked for; expected 0 to " + COUNT_MAX);
        }
        places = new long[count];
        for (int i = 0; i < count; i++) {
            long mac =
                    ByteBuffer.wrap(keys.macOf(MadeUpNumbers.of(i)).toArray()).getLong();
            places[i] = ((mac ^ Long.MIN_VALUE) & ~INDEX_MASK) | i;
        }
        Arrays.parallelSort(places);
    }

    int size() {
        return places.length;
    }

    /// The index of the number at a place.
    int indexAt(int place) {
        return (int) (places[place] & INDEX_MASK);
    }

    /// The upper half of an identifier for what is stored at a place: random, and rising from place to place
    /// for the same reason.
    ///
    /// @param random any long
    long idAt(int place, long random) {
        long step = Long.divideUnsigned(-1L, places.length);
        return place * step + Long.remainderUnsigned(random, step);
    }
}
