package assent.server.delivery;

import assent.protocol.DeviceId;
import assent.protocol.PhoneNumber;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// Which numbers devices have written to in the last day. Thread-safe.
///
/// In memory alone: written down it would be a list of who knows whom. So a restart forgets, and each
/// gateway counts for itself.
final class Recipients {
    /// Devices that are remembered; beyond it those that wrote longest ago are forgotten.
    private static final int DEVICES_MAX = 100_000;

    private static final Duration LENGTH = Duration.ofDays(1);

    private final Cache<DeviceId, Day> days =
            Caffeine.newBuilder().maximumSize(DEVICES_MAX).build();

    /// The day of a device that runs now. It began with a message of the device's.
    Day today(DeviceId device, Instant now) {
        return days.asMap()
                .compute(device, (_, day) -> day == null || day.isOver(now) ? new Day(now.plus(LENGTH)) : day);
    }

    /// One device's day. Thread-safe: a device may have two sessions while one takes the other's place.
    static final class Day {
        private final Instant end;

        /// Numbers as whole numbers, in order; 8 bytes for each.
        private long[] numbers = new long[4];

        private int size;

        Day(Instant end) {
            this.end = end;
        }

        Instant end() {
            return end;
        }

        boolean isOver(Instant now) {
            return !now.isBefore(end) || now.isBefore(end.minus(LENGTH)); // or the clock went back
        }

        /// Whether the number is among those of the day, now or from before.
        ///
        /// @param max a further one is not taken
        synchronized boolean add(PhoneNumber number, int max) {
            long wanted = Long.parseLong(number.e164(), 1, number.e164().length(), 10);
            int at = Arrays.binarySearch(numbers, 0, size, wanted);
            if (at >= 0) {
                return true;
            }
            if (size >= max) {
                return false;
            }
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            int place = -at - 1;
            System.arraycopy(numbers, place, numbers, place + 1, size - place);
            numbers[place] = wanted;
            size++;
            return true;
        }
    }
}
