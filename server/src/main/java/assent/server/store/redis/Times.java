package assent.server.store.redis;

import assent.server.store.rows.Moment;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// How times and numbers are written for Redis.
final class Times {
    private Times() {}

    /// Eight bytes, big-endian, as rows have times.
    static byte[] nanos(Instant instant) {
        return eight(Moment.nanos(instant));
    }

    static byte[] eight(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /// The place of a time in a sorted set, whose numbers are exact for microseconds: rounded down.
    static byte[] score(Instant instant) {
        return score(Moment.nanos(instant));
    }

    static byte[] score(long nanos) {
        return digits(nanos / 1000);
    }

    /// One that is not below the place of the same time, however it was rounded.
    static byte[] scoreAbove(Instant instant) {
        return digits(Moment.nanos(instant) / 1000 + 1);
    }

    static byte[] digits(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] word(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
