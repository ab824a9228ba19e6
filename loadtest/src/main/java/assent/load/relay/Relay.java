package assent.load.relay;

import assent.load.driver.RelayFrames;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
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
import java.io.File;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLException;

/// A server that does nothing but TLS and passing frames on: it keeps no state but who is connected,
/// checks nothing, and stores nothing. The floor that other servers are measured from.
///
/// Its transport is set up as the gateway's is. One event loop.
public final class Relay {
    private static final int BACKLOG = 4_096;

    private Relay() {}

    /// Prints its port, and relays until it is killed or its standard input ends: so it cannot outlive the
    /// load test.
    ///
    /// @param args certificate and key, PEM files
    public static void main(String[] args) throws Exception {
        if (args.length != 2) {
            System.err.println("relay: expected a certificate and a key file; the load test starts this by itself");
            System.exit(2);
        }
        Channel listening = listen(tls(new File(args[0]), new File(args[1])));
        System.out.printf(Locale.ROOT, "{\"port\":%d}%n", ((InetSocketAddress) listening.localAddress()).getPort());
        while (System.in.read() >= 0) {
            // Nothing is said to it.
        }
        System.exit(0);
    }

    private static SslContext tls(File certificate, File key) throws SSLException {
        var builder = SslContextBuilder.forServer(certificate, key).protocols("TLSv1.3");
        if (OpenSsl.isAvailable()) {
            builder.sslProvider(SslProvider.OPENSSL).option(OpenSslContextOption.USE_TASKS, false);
        }
        return builder.build();
    }

    private static Channel listen(SslContext tls) {
        boolean epoll = Epoll.isAvailable();
        var loop = new MultiThreadIoEventLoopGroup(1, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        Map<Integer, Channel> connected = new ConcurrentHashMap<>();
        return new ServerBootstrap()
                .group(loop)
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
    }
}
