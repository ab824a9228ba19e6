package assent.server.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/// How the machine does sockets: epoll where it is available, else NIO. Immutable.
public enum Transport {
    EPOLL,
    NIO;

    /// Bytes of one connection that the kernel holds without having sent them.
    private static final long UNSENT_BYTES_MAX = 64 * 1024;

    public static Transport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    Class<? extends ServerChannel> serverChannel() {
        return switch (this) {
            case EPOLL -> EpollServerSocketChannel.class;
            case NIO -> NioServerSocketChannel.class;
        };
    }

    /// @param threads zero for one to each processor
    MultiThreadIoEventLoopGroup eventLoops(String name, int threads) {
        return new MultiThreadIoEventLoopGroup(
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                new DefaultThreadFactory(name),
                ioHandler());
    }

    /// Leaves what a device does not take yet to the channel, whose marks see it, and not to the
    /// kernel, which would take megabytes for each connection and tell of room only when a third of
    /// that is free. NIO cannot say so; there the kernel's own limits hold.
    void keepKernelBuffersShort(ServerBootstrap bootstrap) {
        switch (this) {
            case EPOLL -> bootstrap.childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, UNSENT_BYTES_MAX);
            case NIO -> {}
        }
    }

    private IoHandlerFactory ioHandler() {
        return switch (this) {
            case EPOLL -> EpollIoHandler.newFactory();
            case NIO -> NioIoHandler.newFactory();
        };
    }
}
