package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/// One part of the outcomes of late: a ring of the last ones, oldest overwritten first, found by hash.
/// Thread-safe.
///
/// It is made of arrays of numbers, since an object for each text lives just long enough for every young
/// collection to copy it: that was most of a collection's time, and 1 text of 50 waited for one.
///
/// The entry with number n (they are counted from 0) is in slot n modulo the capacity. `newest` has, for
/// each hash, the number of the last entry with it, and `before` that of the one before, so a search goes
/// back in time until the entry is found, or what comes next is overwritten. Nothing has to be unlinked.
final class OutcomeRing {
    /// A power of two; 60 bytes each.
    static final int ENTRIES_MAX = 4_096;

    private static final int CAPACITY_AT_FIRST = 16;
    private static final int LONGS_OF_KEY = 4;

    /// So that nobody can choose ids which all have one hash.
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private final long keptNanos;
    private int capacity = CAPACITY_AT_FIRST;
    private long[] keys = new long[LONGS_OF_KEY * capacity];

    private long[] rememberedAtNanos = new long[capacity];
    private Outcome[] outcomes = new Outcome[capacity];

    /// By hash; numbers are one higher here and in `before`, so that 0 is none.
    private long[] newest = new long[capacity];

    private long[] before = new long[capacity];
    private long count;

    OutcomeRing(Duration kept) {
        this.keptNanos = kept.toNanos();
    }

    /// @param nowNanos rises, and may wrap
    synchronized void remember(DeviceId device, MessageId message, Outcome outcome, long nowNanos) {
        if (count >= capacity && capacity < ENTRIES_MAX && !isOver(slot(count), nowNanos)) {
            grow();
        }
        put(device.high(), device.low(), message.high(), message.low(), nowNanos, outcome);
    }

    synchronized Optional<Outcome> find(DeviceId device, MessageId message, LongSupplier nanoTime) {
        long next = newest[hash(device.low(), message.high(), message.low())];
        while (next != 0 && next > count - capacity) {
            int slot = slot(next - 1);
            if (hasKey(slot, device, message)) {
                return isOver(slot, nanoTime.getAsLong()) ? Optional.empty() : Optional.of(outcomes[slot]);
            }
            next = before[slot];
        }
        return Optional.empty();
    }

    private boolean isOver(int slot, long nowNanos) {
        return nowNanos - rememberedAtNanos[slot] > keptNanos;
    }

    private boolean hasKey(int slot, DeviceId device, MessageId message) {
        int at = LONGS_OF_KEY * slot;
        return keys[at] == device.high()
                && keys[at + 1] == device.low()
                && keys[at + 2] == message.high()
                && keys[at + 3] == message.low();
    }

    private void put(
            long deviceHigh, long deviceLow, long messageHigh, long messageLow, long atNanos, Outcome outcome) {
        int slot = slot(count);
        int at = LONGS_OF_KEY * slot;
        keys[at] = deviceHigh;
        keys[at + 1] = deviceLow;
        keys[at + 2] = messageHigh;
        keys[at + 3] = messageLow;
        rememberedAtNanos[slot] = atNanos;
        outcomes[slot] = outcome;
        int hash = hash(deviceLow, messageHigh, messageLow);
        before[slot] = newest[hash];
        count++;
        newest[hash] = count;
    }

    /// Doubles the capacity: the entries are put in anew, oldest first.
    private void grow() {
        long[] oldKeys = keys;
        long[] oldTimes = rememberedAtNanos;
        Outcome[] oldOutcomes = outcomes;
        int oldCapacity = capacity;
        long oldest = count - oldCapacity;
        capacity *= 2;
        keys = new long[LONGS_OF_KEY * capacity];
        rememberedAtNanos = new long[capacity];
        outcomes = new Outcome[capacity];
        newest = new long[capacity];
        before = new long[capacity];
        count = 0;
        for (int i = 0; i < oldCapacity; i++) {
            int slot = (int) ((oldest + i) & (oldCapacity - 1));
            int at = LONGS_OF_KEY * slot;
            put(oldKeys[at], oldKeys[at + 1], oldKeys[at + 2], oldKeys[at + 3], oldTimes[slot], oldOutcomes[slot]);
        }
    }

    private int slot(long number) {
        return (int) number & (capacity - 1);
    }

    private int hash(long deviceLow, long messageHigh, long messageLow) {
        return (int) mix(mix(messageHigh ^ SEED) ^ messageLow ^ deviceLow) & (capacity - 1);
    }

    /// The finalizer of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
    /// 2014): each bit of the result depends on each of the argument.
    private static long mix(long bits) {
        long once = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        long twice = (once ^ (once >>> 27)) * 0x94D049BB133111EBL;
        return twice ^ (twice >>> 31);
    }
}
