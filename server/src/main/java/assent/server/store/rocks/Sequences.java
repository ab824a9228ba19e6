package assent.server.store.rocks;

/// Gives every message its place: the store's generation in the upper 23 bits, a count from 1 in the
/// lower 40. So sequences rise through all mailboxes and all openings of the store, and none needs to be
/// written down to be known after a crash. A million messages a second use an opening's range up in
/// twelve days; what is beyond is refused.
///
/// Confined to the store's writer.
final class Sequences {
    private static final int COUNT_BITS = 40;

    private final long last;
    private long given;

    Sequences(long generation) {
        given = generation << COUNT_BITS;
        last = ((generation + 1) << COUNT_BITS) - 1;
    }

    /// The opening that gave a sequence.
    static long generation(long sequence) {
        return sequence >>> COUNT_BITS;
    }

    long next() {
        if (given == last) {
            throw new IllegalStateException("the store has given all sequences of this start: start the gateway anew");
        }
        return ++given;
    }
}
