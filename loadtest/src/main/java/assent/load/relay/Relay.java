package assent.load.relay;

import assent.load.driver.RelayFrames;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// A server that does nothing but TLS and passing frames on: it keeps no state but who is connected,
/// checks nothing, and stores nothing. The floor that other servers are measured from.
///
/// Its transport is set up as the gateway's is. One event loop.
public final class Relay implements AutoCloseable {
    private static final int BACKLOG = 4_096;
    private static final int CLOSE_SECONDS_MAX = 5;

    private final MultiThreadIoEventLoopGroup group;
    private final Channel listening;

    private Relay(MultiThreadIoEventLoopGroup group, Channel listening) {
        this.group = group;
        this.listening = listening;
    }

    /// Listens on a free port of the loopback when it returns.
    ///
    /// @param certificate PEM file, as is `key`
    public static Relay open(Path certificate, Path key) throws SSLException {
        SslContext tls = tls(certificate, key);
        boolean epoll = Epoll.isAvailable();
        var group = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Map<Integer, Channel> connected = new ConcurrentHashMap<>();
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(RelayFrames.decoder())
                                .addLast(new RelayHandler(connected));
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
        return new Relay(group, listening);
    }

    private static SslContext tls(Path certificate, Path key) throws SSLException {
        var builder =
                SslContextBuilder.forServer(certificate.toFile(), key.toFile()).protocols("TLSv1.3");
        if (OpenSsl.isAvailable()) {
            builder.sslProvider(SslProvider.OPENSSL).option(OpenSslContextOption.USE_TASKS, false);
        }
        return builder.build();
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /// The one thread that does everything: who blocks it stalls the relay.
    public EventLoop loop() {
        return listening.eventLoop();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }

    /// Prints its port, and relays until it is killed or its standard input ends: so it cannot outlive the
    /// load test.
    ///
    /// @param args certificate and key, PEM files
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("relay: expected a certificate and a key file; the load test starts this by itself");
            System.exit(2);
        }
        try (Relay relay = open(Path.of(args[0]), Path.of(args[1]))) {
            System.out.printf(Locale.ROOT, "{\"port\":%d}%n", relay.port());
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        }
    }
}
