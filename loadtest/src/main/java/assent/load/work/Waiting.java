package assent.load.work;

/// Texts that should have been sent and could not be yet: when each was to be. A queue of longs, bounded.
/// Confined to its pair's event loop.
final class Waiting {
    static final int TEXTS_MAX = 1 << 17;

    private static final int START = 8;

    private long[] ring = new long[START];
    private int first;
    private int size;

    int size() {
        return size;
    }

    /// @return false if there is no room left
    boolean add(long intendedAtNanos) {
        if (size == TEXTS_MAX) {
            return false;
        }
        if (size == ring.length) {
            var larger = new long[ring.length * 2];
            for (int i = 0; i < size; i++) {
                larger[i] = ring[(first + i) & (ring.length - 1)];
            }
            ring = larger;
            first = 0;
        }
        ring[(first + size++) & (ring.length - 1)] = intendedAtNanos;
        return true;
    }

    /// The oldest. Only if there is one.
    long take() {
        long oldest = ring[first];
        first = (first + 1) & (ring.length - 1);
        size--;
        return oldest;
    }

    /// @return how many there were
    int clear() {
        int cleared = size;
        size = 0;
        return cleared;
    }
}
