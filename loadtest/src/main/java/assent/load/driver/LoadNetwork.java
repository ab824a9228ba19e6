package assent.load.driver;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A few event loops for very many connections. Thread-safe.
///
/// Each phone has a source address of its own within 127.0.0.0/8 (Linux takes all of it as the
/// loopback), so that neither ports nor limits for one address are what is measured.
public final class LoadNetwork implements AutoCloseable {
    private static final int CONNECT_MILLIS_MAX = 30_000;
    private static final int CLOSE_SECONDS_MAX = 5;

    /// Addresses 127.16.1.1 to 127.16.250.250, then 127.17.1.1, …
    private static final int HOSTS = 250;
    private static final int FIRST_NETWORK = 16;
    private static final int NETWORKS = 200;

    private final boolean epoll = Epoll.isAvailable();
    private final MultiThreadIoEventLoopGroup group;
    private final List<EventLoop> loops = new ArrayList<>();

    /// @param threads event loops
    public LoadNetwork(int threads) {
        this.group = new MultiThreadIoEventLoopGroup(
                threads,
                new DefaultThreadFactory("load", true),
                epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        for (int i = 0; i < threads; i++) {
            loops.add((EventLoop) group.next());
        }
    }

    public List<EventLoop> loops() {
        return List.copyOf(loops);
    }

    ChannelFuture connect(int phone, Target target, EventLoop loop, ChannelHandler handler) {
        var bootstrap = new Bootstrap()
                .group(loop)
                .channel(channelType())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
                .handler(handler);
        var remote = new InetSocketAddress(target.host(), target.port());
        if (!remote.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException("the server's address is " + target.host()
                    + "; expected one of 127.0.0.0/8: the load test talks to" + " this machine only");
        }
        if (!epoll) {
            return bootstrap.connect(remote);
        }
        // Else the kernel reserves the port for all destinations at once, and runs out of them.
        return bootstrap
                .option(EpollChannelOption.IP_BIND_ADDRESS_NO_PORT, true)
                .connect(remote, new InetSocketAddress(sourceAddress(phone), 0));
    }

    private Class<? extends Channel> channelType() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    /// The address that a phone connects from.
    static String sourceAddress(int phone) {
        int network = FIRST_NETWORK + phone / (HOSTS * HOSTS) % NETWORKS;
        return "127." + network + "." + (1 + phone / HOSTS % HOSTS) + "." + (1 + phone % HOSTS);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
