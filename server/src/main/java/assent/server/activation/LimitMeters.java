package assent.server.activation;

import assent.server.meters.CountersBy;
import io.micrometer.core.instrument.MeterRegistry;

/// Counts at which of the policy's limits a claim was refused: phones hear one reason for most of them, and
/// operators have to know which to change. Thread-safe.
public final class LimitMeters {
    private final CountersBy<Limit> reached;

    /// What each limit is of.
    enum Limit {
        /// SMS asked for from one network address.
        ADDRESS,
        /// SMS to one number.
        NUMBER,
        /// SMS to numbers that begin alike.
        PREFIX,
        /// SMS on one day.
        DAY,
        /// What the SMS of one day cost.
        SPEND,
        /// Codes tried for one number.
        CODE_TRIES,
        /// Registration PINs tried for one number.
        PIN_TRIES
    }

    public LimitMeters(MeterRegistry registry) {
        reached = new CountersBy<>(
                registry, "assent.limits.reached", "Claims refused at a limit of the policy", "limit", Limit.class);
    }

    void reached(Limit limit) {
        reached.count(limit);
    }
}
