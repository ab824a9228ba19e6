package assent.server.cluster.redis;

import assent.server.store.StoreException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compares this gateway's clock with that of Redis for as long as it runs: the start of a gateway says nothing of a
/// clock that is set later, or of a machine that was suspended. A gateway whose clock is off is fenced ([Lease]), since
/// deadlines that gateways decide by their own clocks hold only within [#max].
///
/// [#look] is confined to one thread, which it blocks; [#isOff] is for any.
public final class ClockWatch {
    private static final Logger LOG = LoggerFactory.getLogger(ClockWatch.class);

    private final Probe probe;
    private final Duration max;
    private volatile Duration skew = Duration.ZERO;
    private volatile boolean off;

    /// Asks Redis for its time.
    @FunctionalInterface
    public interface Probe {
        /// What is certain of the difference: positive if this gateway's clock is ahead, zero if none is certain.
        Duration skew() throws StoreException;
    }

    /// @param max beyond it the clock is off
    public ClockWatch(Probe probe, Duration max, MeterRegistry meters) {
        this.probe = probe;
        this.max = max;
        Gauge.builder("assent.cluster.clock.skew", this, watch -> watch.skew.toNanos() / 1e9)
                .description("How far this gateway's clock is ahead of that of Redis; negative if it is behind")
                .baseUnit("seconds")
                .register(meters);
    }

    /// Whether the clock was off at the last look.
    boolean isOff() {
        return off;
    }

    /// Looks; nothing changes if Redis does not answer.
    void look() {
        try {
            skew = probe.skew();
        } catch (StoreException e) {
            LOG.debug("the time of Redis is not known", e);
            return;
        }
        boolean isOff = skew.abs().compareTo(max) > 0;
        if (isOff && !off) {
            LOG.warn(
                    "This gateway's clock is {} ms {} that of Redis, more than store.redis.clock-skew-max ({} ms): phones"
                            + " are sent to other gateways. Have both machines follow NTP; if this one's time is right"
                            + " now, start the gateway anew, since it takes the time from its machine at its start alone.",
                    skew.abs().toMillis(),
                    skew.isNegative() ? "behind" : "ahead of",
                    max.toMillis());
        } else if (!isOff && off) {
            LOG.info("This gateway's clock agrees with that of Redis again.");
        }
        off = isOff;
    }
}
