package assent.load.work;

/// The texts of one pair that are under way: when each was to be sent, and what is known of it. A ring
/// that grows to its limit. Confined to the pair's event loop.
final class Flight {
    /// Texts of one pair under way at a time; at the limit the pair sends no more until some are done.
    static final int TEXTS_MAX = 32_768;

    private static final byte ACCEPTED = 1;
    private static final byte ARRIVED = 2;
    private static final byte DONE = 4;
    private static final int START = 4;

    private long[] intendedNanos = new long[START];
    private byte[] known = new byte[START];
    private long oldest = 1;
    private long next = 1;
    private int open;
    private int unanswered;

    /// What news of a text means.
    enum News {
        /// It is done now: accepted and arrived.
        DONE,
        /// It is not done yet.
        MORE_TO_COME,
        /// It was known already, or is no text of now.
        OLD
    }

    boolean isFull() {
        return next - oldest >= TEXTS_MAX;
    }

    /// Texts not done.
    int open() {
        return open;
    }

    /// Texts to which the server has not answered.
    int unanswered() {
        return unanswered;
    }

    /// The number of the text that is sent now.
    long add(long intendedAtNanos) {
        if (next - oldest == known.length) {
            grow();
        }
        intendedNanos[slot(next)] = intendedAtNanos;
        known[slot(next)] = 0;
        open++;
        unanswered++;
        return next++;
    }

    private int slot(long number) {
        return (int) (number & (known.length - 1));
    }

    private void grow() {
        long[] oldTimes = intendedNanos;
        byte[] oldKnown = known;
        intendedNanos = new long[oldKnown.length * 2];
        known = new byte[oldKnown.length * 2];
        for (long number = oldest; number < next; number++) {
            int from = (int) (number & (oldKnown.length - 1));
            intendedNanos[slot(number)] = oldTimes[from];
            known[slot(number)] = oldKnown[from];
        }
    }

    boolean isUnderWay(long number) {
        return number >= oldest && number < next && (known[slot(number)] & DONE) == 0;
    }

    /// When the text was to be sent; only of a text that is [#isUnderWay].
    long intendedNanos(long number) {
        return intendedNanos[slot(number)];
    }

    /// The oldest text that has not arrived.
    long firstNotArrived() {
        long number = oldest;
        while (number < next && (known[slot(number)] & (ARRIVED | DONE)) != 0) {
            number++;
        }
        return number;
    }

    News accepted(long number) {
        return note(number, ACCEPTED);
    }

    News arrived(long number) {
        return note(number, ARRIVED);
    }

    private News note(long number, byte news) {
        if (!isUnderWay(number) || (known[slot(number)] & news) != 0) {
            return News.OLD;
        }
        known[slot(number)] |= news;
        if (news == ACCEPTED) {
            unanswered--;
        }
        if ((known[slot(number)] & (ACCEPTED | ARRIVED)) == (ACCEPTED | ARRIVED)) {
            close(number);
            return News.DONE;
        }
        return News.MORE_TO_COME;
    }

    /// Nothing more is expected of this text.
    void drop(long number) {
        if (!isUnderWay(number)) {
            return;
        }
        if ((known[slot(number)] & ACCEPTED) == 0) {
            unanswered--;
        }
        close(number);
    }

    private void close(long number) {
        known[slot(number)] |= DONE;
        open--;
        while (oldest < next && (known[slot(oldest)] & DONE) != 0) {
            oldest++;
        }
    }

    /// Gives all of them up.
    ///
    /// @return how many there were
    int dropAll() {
        int dropped = open;
        oldest = next;
        open = 0;
        unanswered = 0;
        return dropped;
    }
}
