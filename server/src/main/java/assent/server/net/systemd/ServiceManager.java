package assent.server.net.systemd;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the service manager that started the process (systemd with `Type=notify`) how it is: the protocol of
/// sd_notify(3), one datagram of `NAME=value` lines to the socket in `NOTIFY_SOCKET`. Without that
/// variable nobody is told. Thread-safe.
///
/// What cannot be said is logged, and stops nothing: the service manager then acts on its own time-outs.
public interface ServiceManager extends AutoCloseable {
    /// The variable that names the socket.
    String SOCKET = "NOTIFY_SOCKET";

    /// Devices can connect.
    default void ready(String status) {
        say("READY=1\nSTATUS=" + status);
    }

    /// The process has begun to stop.
    default void stopping() {
        say("STOPPING=1\nSTATUS=Stopping");
    }

    /// @param lines as in sd_notify(3)
    void say(String lines);

    @Override
    void close();

    /// Whoever the environment names.
    static ServiceManager of(Map<String, String> environment) {
        String socket = environment.getOrDefault(SOCKET, "");
        if (socket.isEmpty()) {
            return new Nobody();
        }
        if (!Epoll.isAvailable()) {
            LoggerFactory.getLogger(ServiceManager.class)
                    .warn("the service manager cannot be told how the gateway is: epoll is not available here");
            return new Nobody();
        }
        return new Systemd(socket);
    }

    /// The process was not started by a service manager that wants to know.
    record Nobody() implements ServiceManager {
        @Override
        public void say(String lines) {}

        @Override
        public void close() {}
    }

    /// Behind a socket in the file system, or in the abstract namespace if its name begins with `@`.
    final class Systemd implements ServiceManager {
        private static final Logger LOG = LoggerFactory.getLogger(Systemd.class);

        private static final long WAIT_MILLIS_MAX = 1_000;

        private final MultiThreadIoEventLoopGroup loop =
                new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        private final DomainSocketAddress socket;

        private Systemd(String socket) {
            this.socket = new DomainSocketAddress(socket.startsWith("@") ? "\0" + socket.substring(1) : socket);
        }

        @Override
        public void say(String lines) {
            var connected = new Bootstrap()
                    .group(loop)
                    .channel(EpollDomainDatagramChannel.class)
                    .handler(new Deaf())
                    .connect(socket)
                    .awaitUninterruptibly();
            Channel channel = connected.channel();
            var told = connected.isSuccess()
                    ? channel.writeAndFlush(Unpooled.copiedBuffer(lines, StandardCharsets.UTF_8))
                    : connected;
            if (!told.awaitUninterruptibly(WAIT_MILLIS_MAX) || !told.isSuccess()) {
                LOG.warn("the service manager could not be told how the gateway is", told.cause());
            }
            channel.close();
        }

        @Override
        public void close() {
            loop.shutdownGracefully(0, WAIT_MILLIS_MAX, TimeUnit.MILLISECONDS).awaitUninterruptibly(WAIT_MILLIS_MAX);
        }
    }

    /// The service manager never answers.
    final class Deaf extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            io.netty.util.ReferenceCountUtil.release(message);
        }
    }
}
