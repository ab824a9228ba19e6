package assent.device;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslContextOption;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/// What many devices share: event loops (epoll where it is available, else NIO), one TLS context (TLS
/// 1.3 only; BoringSSL
/// where it is available, else the platform's), and the threads that write journals. Thread-safe.
///
/// Close the devices first: closing the network under them ends their connections and leaves their
/// last writes to chance.
public final class DeviceNetwork implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 10;

    private final EventLoopGroup eventLoops;
    private final Class<? extends Channel> channelType;
    private final SslContext tls;
    private final ExecutorService journals;
    private final Executor callbacks;
    private final HostNames hostNames = new HostNames();

    private DeviceNetwork(SslContext tls, NetworkSettings settings) {
        this.tls = tls;
        this.callbacks = settings.callbacks();
        var threads = new DefaultThreadFactory("assent-device", true);
        boolean epoll = Epoll.isAvailable();
        this.channelType = epoll ? EpollSocketChannel.class : NioSocketChannel.class;
        this.eventLoops = new MultiThreadIoEventLoopGroup(
                settings.eventLoopThreads(), threads, epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        // Each folder has at most one task waiting here, so the pool's queue is as long as folders are open.
        this.journals = Executors.newFixedThreadPool(
                settings.journalThreads(), new DefaultThreadFactory("assent-journal", true));
    }

    /// @throws IllegalArgumentException if the trust's certificates cannot be read
    public static DeviceNetwork open(Trust trust) {
        return open(trust, NetworkSettings.standard());
    }

    /// @throws IllegalArgumentException if the trust's certificates cannot be read
    public static DeviceNetwork open(Trust trust, NetworkSettings settings) {
        return new DeviceNetwork(tls(trust), settings);
    }

    private static SslContext tls(Trust trust) {
        boolean openSsl = OpenSsl.isAvailable();
        var builder = SslContextBuilder.forClient()
                .sslProvider(openSsl ? SslProvider.OPENSSL : SslProvider.JDK)
                .protocols("TLSv1.3");
        if (openSsl) {
            // Handshake work stays on the event loop: handing it over and back costs about a quarter more per connect.
            builder.option(OpenSslContextOption.USE_TASKS, false);
        }
        switch (trust) {
            case Trust.CertificateFile(var pem) ->
                builder.trustManager(pem.toFile()).endpointIdentificationAlgorithm("HTTPS");
            case Trust.Pinned pinned ->
                builder.trustManager(new PinnedTrustManager(pinned)).endpointIdentificationAlgorithm(null);
            case Trust.Platform() -> builder.endpointIdentificationAlgorithm("HTTPS");
        }
        try {
            // Sessions are resumed, each ticket once: the certificate was checked when the first of them began.
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up with " + trust + ": " + e.getMessage(), e);
        }
    }

    /// Where [DeviceFolder]s do their blocking work.
    public Executor journals() {
        return journals;
    }

    EventLoop nextEventLoop() {
        return eventLoops.next();
    }

    Class<? extends Channel> channelType() {
        return channelType;
    }

    HostNames hostNames() {
        return hostNames;
    }

    SslContext tls() {
        return tls;
    }

    Executor callbacks() {
        return callbacks;
    }

    /// Waits for writes that are under way, at most ten seconds.
    @Override
    public void close() {
        hostNames.close();
        eventLoops
                .shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .awaitUninterruptibly(CLOSE_SECONDS_MAX, TimeUnit.SECONDS);
        journals.shutdown();
        try {
            if (!journals.awaitTermination(CLOSE_SECONDS_MAX, TimeUnit.SECONDS)) {
                journals.shutdownNow();
            }
        } catch (InterruptedException e) {
            journals.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
