package assent.server.store.redis;

import assent.server.redis.RedisException;
import assent.server.redis.RedisLink;
import assent.server.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/// How far a gateway's clock is from that of Redis. Deadlines are decided by gateways' clocks, so these may
/// differ by a known bound only; all compare theirs with the same Redis.
public final class ClockSkew {
    private ClockSkew() {}

    /// @throws StoreException if they differ by more than `max` for certain
    public static void check(RedisLink link, InstantSource clock, Duration max) throws StoreException {
        Duration skew = measure(link, clock);
        if (skew.abs().compareTo(max) > 0) {
            throw new StoreException("this machine's clock is " + skew.abs().toMillis() + " ms "
                    + (skew.isNegative() ? "behind" : "ahead of") + " that of Redis; expected at most "
                    + max.toMillis() + " ms (store.redis.clock-skew-max). Have both follow NTP");
        }
    }

    /// What is certain of the difference: the time that asking took is taken off it.
    ///
    /// @return positive if this clock is ahead; zero if no difference is certain
    public static Duration measure(RedisLink link, InstantSource clock) throws StoreException {
        try {
            Instant before = clock.instant();
            Instant there = Instant.EPOCH.plus(link.timeMicros(RedisKeys.single("z{z}")), ChronoUnit.MICROS);
            Instant after = clock.instant();
            if (there.isBefore(before)) {
                return Duration.between(there, before);
            }
            return there.isAfter(after) ? Duration.between(there, after) : Duration.ZERO;
        } catch (RedisException e) {
            throw new StoreException(e.getMessage(), e);
        }
    }
}
