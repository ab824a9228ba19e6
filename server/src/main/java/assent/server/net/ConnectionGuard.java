package assent.server.net;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/// Holds the number of connections under its limit, and knows them all. Thread-safe.
///
/// At the limit a new connection is closed at once, before TLS: it costs a socket for a moment and
/// nothing else.
final class ConnectionGuard {
    private volatile int connectionsMax;
    private final ListenerMeters meters;
    private final AtomicInteger count = new AtomicInteger();
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

    ConnectionGuard(int connectionsMax, ListenerMeters meters) {
        this.connectionsMax = connectionsMax;
        this.meters = meters;
        meters.connections(count);
    }

    boolean admit(Channel channel) {
        if (count.incrementAndGet() > connectionsMax) {
            count.decrementAndGet();
            meters.countTurnedAway();
            channel.close();
            return false;
        }
        meters.countAccepted();
        channels.add(channel);
        channel.closeFuture().addListener(closed -> count.decrementAndGet());
        return true;
    }

    /// What is open stays open.
    void allow(int connectionsMax) {
        this.connectionsMax = connectionsMax;
    }

    int count() {
        return count.get();
    }

    ChannelGroup channels() {
        return channels;
    }
}
