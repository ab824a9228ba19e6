package assent.server.delivery;

import java.time.Duration;

/// How long a message that was pushed over one link may stay unacknowledged before it is stored.
/// Confined to its inbox's event loop; the time is given to it, as nanoseconds of any steady clock.
///
/// *The estimate* is RFC 6298's for retransmission: a smoothed time from push to acknowledgement, and
/// four times its mean deviation on top, at least [GraceBounds#min]. That time is the network's round
/// trip and the phone's time to make a message safe, which is just what the grace has to cover.
///
/// *What is measured.* RFC 6298 may not measure what it sent twice (Karn's rule), since nobody knows
/// which of the two was acknowledged. Here a delivery number is pushed once on a connection, so every
/// acknowledgement is unambiguous, also that of a message which was stored meanwhile: an estimate that
/// has become too low is corrected by the very messages that miss it. One acknowledgement may cover
/// many messages; it gives one measurement, that of the oldest, which waited longest. Not measured is
/// what was in the window with a backlog, or when the window was full: that time is the queue's and not
/// the link's.
///
/// *Where waiting is useless* the grace is the shortest, so that the sender hears QUEUED soon: when the
/// usual time is longer than [GraceBounds#max], and when the oldest delivery has been without an
/// acknowledgement for longer than that, since a device acknowledges in order. (Doubling, as RFC 6298
/// does on a time-out, protects a network from retransmissions; a store needs no such protection.) The
/// next acknowledgement ends both.
///
/// *A link that was not measured yet* has the longest grace: the first message costs its sender that
/// wait at most, and its acknowledgement is the first measurement.
final class Grace {
    /// RFC 6298, 2.3: alpha is 1/8, beta 1/4, K is 4.
    private static final int SMOOTHING = 8;

    private static final int DEVIATION_SMOOTHING = 4;
    private static final int DEVIATIONS = 4;

    private final long minNanos;
    private final long maxNanos;
    private boolean measured;
    private long smoothedNanos;
    private long deviationNanos;

    /// While deliveries up to this number are out, nothing that was pushed counts.
    private long disturbedThrough;

    private boolean disturbed;
    private boolean everDisturbed;
    private long calmSinceNanos;

    Grace(GraceBounds bounds) {
        this.minNanos = bounds.min().toNanos();
        this.maxNanos = bounds.max().toNanos();
    }

    /// The grace of what is pushed now.
    ///
    /// @param oldestAgeNanos for how long the oldest delivery has been without its acknowledgement; zero
    ///     if there is none
    Duration given(long oldestAgeNanos) {
        return Duration.ofNanos(nanos(oldestAgeNanos));
    }

    private long nanos(long oldestAgeNanos) {
        if (oldestAgeNanos > maxNanos || (measured && smoothedNanos > maxNanos)) {
            return minNanos;
        }
        if (!measured) {
            return maxNanos;
        }
        return Math.min(maxNanos, smoothedNanos + Math.max(minNanos, DEVIATIONS * deviationNanos));
    }

    /// Deliveries up to this number are a backlog, or stand in a full window.
    void disturbed(long deliveryNumber) {
        disturbed = true;
        everDisturbed = true;
        disturbedThrough = Math.max(disturbedThrough, deliveryNumber);
    }

    /// Everything up to `through` is acknowledged now.
    ///
    /// @param oldestPushedAtNanos when the oldest of it was pushed
    void acknowledged(long through, long oldestPushedAtNanos, long nowNanos) {
        if (!disturbed && (!everDisturbed || oldestPushedAtNanos - calmSinceNanos >= 0)) {
            measure(nowNanos - oldestPushedAtNanos);
        }
        if (disturbed && through >= disturbedThrough) {
            disturbed = false;
            calmSinceNanos = nowNanos;
        }
    }

    private void measure(long nanos) {
        if (!measured) {
            measured = true;
            smoothedNanos = nanos;
            deviationNanos = nanos / 2;
            return;
        }
        deviationNanos += (Math.abs(smoothedNanos - nanos) - deviationNanos) / DEVIATION_SMOOTHING;
        smoothedNanos += (nanos - smoothedNanos) / SMOOTHING;
    }
}
