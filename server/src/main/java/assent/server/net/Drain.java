package assent.server.net;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// How connections are ended when the gateway stops. Immutable.
///
/// @param timeout for all of it
/// @param perSecond connections that are told to go per second; more if half of the timeout would not do
/// @param retryAfter what devices are told
/// @param patience for what is under way on one connection
public record Drain(Duration timeout, int perSecond, Duration retryAfter, Duration patience) {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /// Sooner than this the next is told without a pause.
    private static final long PAUSE_NANOS_MIN = 2_000_000;

    /// Tells one connection after the other to go. Blocks.
    void sendAway(Collection<Channel> channels, Consumer<Channel> goodbye) {
        var all = List.copyOf(channels);
        long begun = System.nanoTime();
        for (int i = 0; i < all.size(); i++) {
            awaitUntil(begun + dueAfter(i, all.size()).toNanos());
            goodbye.accept(all.get(i));
        }
    }

    /// When the one at `index` of `count` connections is told to go.
    Duration dueAfter(int index, int count) {
        long spread = Math.min(
                count * NANOS_PER_SECOND / perSecond, timeout.dividedBy(2).toNanos());
        return Duration.ofNanos((long) ((double) spread * index / count));
    }

    private static void awaitUntil(long nanos) {
        long left = nanos - System.nanoTime();
        if (left > PAUSE_NANOS_MIN) {
            LockSupport.parkNanos(left);
        }
    }
}
