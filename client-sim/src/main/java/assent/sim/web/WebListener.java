package assent.sim.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Listens on the loopback, and has the pipeline of a connection on one page. Thread-safe.
final class WebListener implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final long CLOSE_SECONDS_MAX = 5;

    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("phones-page", true), NioIoHandler.newFactory());
    private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);
    private final Channel server;

    private WebListener(int port, WebLimits limits, IntFunction<Routes> routes) throws IOException {
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accept(channel, limits, routes);
                    }
                })
                .bind(new InetSocketAddress(LOOPBACK, port))
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
            throw new IOException(
                    "the page cannot listen on port " + port + " of this machine: "
                            + bound.cause().getMessage() + ". Name another one, or 0 for any free one",
                    bound.cause());
        }
        server = bound.channel();
    }

    /// Listens when it returns.
    ///
    /// @param port 0 takes any free one
    /// @param routes makes a connection's handler, given the port on which it came
    /// @throws IOException if the port is taken; the message is for people
    static WebListener open(int port, WebLimits limits, IntFunction<Routes> routes) throws IOException {
        return new WebListener(port, limits, routes);
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    private void accept(SocketChannel channel, WebLimits limits, IntFunction<Routes> routes) {
        if (connections.size() >= limits.connectionsMax()) {
            channel.close();
            return;
        }
        connections.add(channel);
        channel.pipeline()
                .addLast(new Quiet(limits.quietMax()))
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(limits.bodyBytesMax()))
                .addLast(routes.apply(channel.localAddress().getPort()));
    }

    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        loop.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
    }
}
