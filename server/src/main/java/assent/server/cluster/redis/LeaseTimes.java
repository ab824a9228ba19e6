package assent.server.cluster.redis;

import java.time.Duration;

/// How a gateway is known to live. Immutable.
///
/// @param lease how long a box outlives its gateway's last word
/// @param fence after so much silence of Redis the gateway ends its sessions: less than the lease, by the time in
///     which a look may hang
/// @param renewEvery pause between two words
public record LeaseTimes(Duration lease, Duration fence, Duration renewEvery) {
    /// A gateway that dies has left the others within 12 s.
    public static final LeaseTimes STANDARD =
            new LeaseTimes(Duration.ofSeconds(12), Duration.ofSeconds(8), Duration.ofSeconds(2));

    public LeaseTimes {
        if (renewEvery.compareTo(fence) >= 0 || fence.compareTo(lease) >= 0) {
            throw new IllegalArgumentException("renewing every " + renewEvery + ", fenced after " + fence
                    + ", gone after " + lease + ": expected each to be shorter than the next");
        }
    }
}
