package assent.server.net;

import assent.server.session.SessionServices;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listens for devices. Thread-safe.
public final class Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    private static final int BACKLOG = 4_096;

    private static final long LOOPS_END_MILLIS = 500;

    /// Beyond the upper mark a channel counts as not writable, and nothing more is read from the store
    /// for it.
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 * 1024, 256 * 1024);

    private final MultiThreadIoEventLoopGroup acceptor;
    private final MultiThreadIoEventLoopGroup loops;
    private final ConnectionGuard guard;
    private final ConnectionPipeline pipeline;
    private final Channel channel;

    private Listener(
            MultiThreadIoEventLoopGroup acceptor,
            MultiThreadIoEventLoopGroup loops,
            ConnectionGuard guard,
            ConnectionPipeline pipeline,
            Channel channel) {
        this.acceptor = acceptor;
        this.loops = loops;
        this.guard = guard;
        this.pipeline = pipeline;
        this.channel = channel;
    }

    /// Where and how to listen.
    ///
    /// @param eventLoops zero for one to each processor
    /// @param chain the gateway's own certificate first
    public record Settings(
            InetSocketAddress address,
            int eventLoops,
            int connectionsMax,
            PrivateKey key,
            List<X509Certificate> chain) {}

    /// Binds the address; devices can connect when this returns.
    ///
    /// @throws IOException if the address cannot be bound or the certificate cannot serve TLS; the
    ///     message says what to do
    public static Listener open(Settings settings, SessionServices services, MeterRegistry registry)
            throws IOException {
        var transport = Transport.best();
        var meters = new ListenerMeters(registry);
        var guard = new ConnectionGuard(settings.connectionsMax(), meters);
        var tls = ServerTls.of(settings.key(), settings.chain());
        var pipeline = new ConnectionPipeline(guard, tls, services, meters);
        var acceptor = transport.eventLoops("assent-accept", 1);
        var loops = transport.eventLoops("assent-loop", settings.eventLoops());
        var bootstrap = new ServerBootstrap();
        transport.keepKernelBuffersShort(bootstrap);
        var bound = bootstrap
                .group(acceptor, loops)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(pipeline)
                .bind(settings.address())
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stop(acceptor);
            stop(loops);
            throw new IOException(
                    "cannot listen on " + settings.address() + ": "
                            + bound.cause().getMessage()
                            + "; choose another listen.host or listen.port, or stop what uses it",
                    bound.cause());
        }
        loops.forEach(loop -> new LoopWatch(loop, meters).start());
        var listener = new Listener(acceptor, loops, guard, pipeline, bound.channel());
        listener.every(TicketKeys.ROTATED_EVERY, pipeline::rotateTicketKeys);
        return listener;
    }

    /// The address that is listened on; its port is the real one where zero was asked for.
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /// How many connections are open now.
    public int connections() {
        return guard.count();
    }

    /// Takes over what can change while devices are connected: the certificate and the limit of
    /// connections. Callable from any thread.
    ///
    /// @throws SSLException if the certificate cannot serve TLS 1.3; then nothing has changed
    public void take(Settings settings) throws SSLException {
        pipeline.use(ServerTls.of(settings.key(), settings.chain()));
        guard.allow(settings.connectionsMax());
    }

    /// Runs a short task on an event loop again and again, until the loops end.
    public void every(Duration pause, Runnable task) {
        acceptor.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /// Takes no more connections, sends away those there are as the drain says, and waits until they are
    /// closed or its time is over. Their sessions have handed everything that they held to the committer
    /// when this returns. Blocks.
    public void close(Drain drain) {
        long begun = System.nanoTime();
        channel.close().awaitUninterruptibly();
        drain.sendAway(guard.channels(), open -> {
            SessionHandler handler = open.pipeline().get(SessionHandler.class);
            if (handler != null) {
                handler.shutDown(drain);
            } else {
                open.close();
            }
        });
        long left = drain.timeout().toNanos() - (System.nanoTime() - begun);
        LOG.info(
                "all devices are told to go; what is under way has {} s to finish",
                TimeUnit.NANOSECONDS.toSeconds(left));
        guard.channels().newCloseFuture().awaitUninterruptibly(left, TimeUnit.NANOSECONDS);
        // Who did not go by then, and who came in while the others were told.
        guard.channels().close().awaitUninterruptibly(LOOPS_END_MILLIS, TimeUnit.MILLISECONDS);
    }

    /// Ends the event loops. Only now: until the committer is closed, its replies run on them.
    public void stopLoops() {
        stop(acceptor);
        stop(loops);
    }

    private static void stop(MultiThreadIoEventLoopGroup group) {
        group.shutdownGracefully(0, LOOPS_END_MILLIS, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }
}
