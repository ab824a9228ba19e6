package assent.server.activation;

import assent.server.policy.SmsPolicy.Rate;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// How many SMS are asked for from one network address. Thread-safe; never blocks.
///
/// In memory alone, and for this gateway alone: an address is personal, so none is written down. What
/// it costs is that a restart forgets, and that several gateways count apart; the limits that bound the
/// bill are in the store ([SmsLimits]).
final class AddressLimits {
    /// Addresses that are counted at once; beyond it those that asked longest ago are forgotten.
    private static final int ADDRESSES_MAX = 100_000;

    private final TimeMeter time;

    private final Cache<String, Counted> addresses =
            Caffeine.newBuilder().maximumSize(ADDRESSES_MAX).build();

    private record Counted(Rate rate, Bucket bucket) {}

    AddressLimits(Clock clock) {
        this.time = new ClockMeter(clock);
    }

    private record ClockMeter(Clock clock) implements TimeMeter {
        @Override
        public long currentTimeNanos() {
            Instant now = clock.instant();
            return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }

    /// Counts one SMS that is asked for from `address`.
    ///
    /// @return empty if it may be sent, else how long to wait
    Optional<Duration> count(String address, Rate rate) {
        var counted = addresses
                .asMap()
                .compute(
                        address,
                        (_, before) ->
                                before != null && before.rate.equals(rate) ? before : new Counted(rate, bucket(rate)));
        var probe = counted.bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(Rate rate) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(rate.max()).refillGreedy(rate.max(), rate.within()))
                .withCustomTimePrecision(time)
                .build();
    }
}
