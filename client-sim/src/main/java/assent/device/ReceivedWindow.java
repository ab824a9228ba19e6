package assent.device;

import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Which messages were received lately: between [#generationMax] and twice as many, then the older
/// half is forgotten at once. Not thread-safe.
///
/// A message is three numbers (the halves of its id, and the digits of its sender) in open-addressed
/// tables that grow with use, so that a device that has received little costs little: about 32 to 64
/// bytes a message.
final class ReceivedWindow {
    private static final int KEY_LONGS = 3;
    private static final int CHUNK_KEYS = 8_192;
    private static final long HIGH_FACTOR = oddFactor();
    private static final long LOW_FACTOR = oddFactor();
    private static final long NUMBER_FACTOR = oddFactor();

    private final int generationMax;
    private Generation young = new Generation();
    private Generation old = new Generation();

    ReceivedWindow(int generationMax) {
        this.generationMax = generationMax;
    }

    private static long oddFactor() {
        return new SecureRandom().nextLong() | 1;
    }

    boolean contains(PhoneNumber from, MessageId id) {
        long number = digits(from);
        return young.contains(id.high(), id.low(), number) || old.contains(id.high(), id.low(), number);
    }

    void add(PhoneNumber from, MessageId id) {
        add(id.high(), id.low(), digits(from));
    }

    /// @param keys as [#chunks] gave them
    void addAll(long[] keys) {
        for (int i = 0; i < keys.length; i += KEY_LONGS) {
            add(keys[i], keys[i + 1], keys[i + 2]);
        }
    }

    private void add(long high, long low, long number) {
        if (young.contains(high, low, number)) {
            return;
        }
        if (young.count == generationMax) {
            old = young;
            young = new Generation();
        }
        young.add(high, low, number);
    }

    void clear() {
        young = new Generation();
        old = new Generation();
    }

    int size() {
        return young.count + old.count;
    }

    /// Everything, older generation first, in pieces that fit into one block of a journal.
    List<long[]> chunks() {
        var chunks = new ArrayList<long[]>();
        old.addChunksTo(chunks);
        young.addChunksTo(chunks);
        return chunks;
    }

    /// Up to 15 digits: never zero, which marks a free place.
    private static long digits(PhoneNumber number) {
        return Long.parseLong(number.e164(), 1, number.e164().length(), 10);
    }

    private static final class Generation {
        private static final long[] EMPTY = {};
        private static final int FIRST_PLACES = 8;

        private long[] table = EMPTY;
        private int count;

        boolean contains(long high, long low, long number) {
            return count > 0 && table[place(table, high, low, number) + 2] != 0;
        }

        void add(long high, long low, long number) {
            if (2 * KEY_LONGS * (count + 1) > table.length) {
                grow();
            }
            put(table, high, low, number);
            count++;
        }

        private void grow() {
            var larger = new long[Math.max(FIRST_PLACES * KEY_LONGS, 2 * table.length)];
            for (int i = 0; i < table.length; i += KEY_LONGS) {
                if (table[i + 2] != 0) {
                    put(larger, table[i], table[i + 1], table[i + 2]);
                }
            }
            table = larger;
        }

        private static void put(long[] table, long high, long low, long number) {
            int place = place(table, high, low, number);
            table[place] = high;
            table[place + 1] = low;
            table[place + 2] = number;
        }

        /// Where the key is, or else the free place where it belongs. A sender chooses its ids, so the
        /// hash is one that it cannot know: multiply-shift with random odd factors.
        private static int place(long[] table, long high, long low, long number) {
            int places = table.length / KEY_LONGS;
            long mixed = high * HIGH_FACTOR + low * LOW_FACTOR + number * NUMBER_FACTOR;
            int place = (int) (mixed >>> 32) & (places - 1);
            while (true) {
                int at = place * KEY_LONGS;
                boolean same = table[at] == high && table[at + 1] == low && table[at + 2] == number;
                if (table[at + 2] == 0 || same) {
                    return at;
                }
                place = (place + 1) & (places - 1);
            }
        }

        void addChunksTo(List<long[]> chunks) {
            var keys = new long[KEY_LONGS * count];
            int next = 0;
            for (int i = 0; i < table.length; i += KEY_LONGS) {
                if (table[i + 2] != 0) {
                    System.arraycopy(table, i, keys, next, KEY_LONGS);
                    next += KEY_LONGS;
                }
            }
            for (int from = 0; from < next; from += CHUNK_KEYS * KEY_LONGS) {
                chunks.add(Arrays.copyOfRange(keys, from, Math.min(next, from + CHUNK_KEYS * KEY_LONGS)));
            }
        }
    }
}
