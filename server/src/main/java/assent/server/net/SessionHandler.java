package assent.server.net;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameViolation;
import assent.server.session.Connection;
import assent.server.session.Session;
import assent.server.session.SessionServices;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of the pipeline: the session's ears and mouth, and the place where every failure ends.
/// Confined to its channel's event loop.
///
/// Frames are written at once and flushed once: at the end of a read, or of the event loop's present
/// round.
final class SessionHandler extends SimpleChannelInboundHandler<DeviceFrame> implements Connection {
    private static final Logger LOG = LoggerFactory.getLogger(SessionHandler.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    /// How long a device may take to read the goodbye.
    private static final long FAREWELL_MILLIS = 2_000;

    private final Channel channel;
    private final FrameDecoder<DeviceFrame> decoder;
    private final Bytes channelBinding;
    private final SessionServices services;
    private final ListenerMeters meters;
    private final long connectedAtNanos = System.nanoTime();
    private @Nullable Session session;
    private boolean inRead;
    private boolean isUnflushed;
    private boolean flushIsDue;
    private boolean closing;

    SessionHandler(
            Channel channel,
            FrameDecoder<DeviceFrame> decoder,
            Bytes channelBinding,
            SessionServices services,
            ListenerMeters meters) {
        this.channel = channel;
        this.decoder = decoder;
        this.channelBinding = channelBinding;
        this.services = services;
        this.meters = meters;
    }

    @Override
    public String address() {
        return Origins.of(channel.remoteAddress());
    }

    // ------------------------------------------------------------------ what comes in

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            var opened = new Session(this, services, nonce());
            session = opened;
            opened.open(Duration.ofNanos(System.nanoTime() - connectedAtNanos));
        }
        super.userEventTriggered(context, event);
    }

    private static Bytes nonce() {
        var nonce = new byte[Limits.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return Bytes.wrap(nonce);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, DeviceFrame frame) {
        inRead = true;
        if (session != null && !session.isOver()) {
            session.received(frame);
        }
        if (!closing && !channel.isWritable()) {
            // At once: the event that says so comes after everything that has been read, and short requests with long
            // answers would fill the memory until then. What has been read waits in front of this handler.
            channel.config().setAutoRead(false);
            flushSoon();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        inRead = false;
        flushNow();
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        // A device that does not take its answers is not asked for more. Later, since this may come from within a
        // write.
        channel.eventLoop().execute(() -> channel.config().setAutoRead(closing || channel.isWritable()));
        if (session != null) {
            session.takes(channel.isWritable());
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (session != null) {
            session.disconnected();
        }
        context.fireChannelInactive();
    }

    /// A peer's violation has a reason and is answered; what is no TLS, or a broken connection, is just
    /// closed; anything else is a fault of ours, which is counted and logged.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof FrameViolation violation && session != null) {
            session.violated(violation.reason());
        } else if (cause instanceof IOException || isTlsFailure(cause)) {
            LOG.debug("connection broken: {}", cause.getClass().getSimpleName());
            channel.close();
        } else {
            meters.countFailure();
            LOG.warn("a connection failed by a fault of the gateway's", cause);
            if (session != null && !session.isOver()) {
                session.end(Reason.INTERNAL, Optional.of(services.rules().busyRetryAfter()));
            } else {
                channel.close();
            }
        }
    }

    private static boolean isTlsFailure(Throwable cause) {
        return cause instanceof SSLException
                || (cause instanceof DecoderException && cause.getCause() instanceof SSLException);
    }

    // ------------------------------------------------------------------ what goes out

    @Override
    public void send(GatewayFrame frame) {
        if (closing || !channel.isActive()) {
            return;
        }
        if (frame instanceof GatewayFrame.Goodbye goodbye) {
            meters.countGoodbye(goodbye.reason());
        }
        channel.write(frame, channel.voidPromise());
        isUnflushed = true;
        if (!inRead) {
            flushSoon();
        }
    }

    private void flushSoon() {
        if (!flushIsDue) {
            flushIsDue = true;
            channel.eventLoop().execute(this::flushNow);
        }
    }

    /// Only what is there: a flush of nothing would still cost a walk through the TLS engine, and most
    /// reads write to another device's channel.
    private void flushNow() {
        flushIsDue = false;
        if (isUnflushed) {
            isUnflushed = false;
            channel.flush();
        }
    }

    /// Ends our side of the connection and discards what still comes, until the device closes its side
    /// or the time is over. Closing at once, with bytes unread, would reset the connection and could
    /// destroy the goodbye on its way.
    @Override
    public void close() {
        if (!closing) {
            closing = true;
            channel.config().setAutoRead(true);
            channel.flush();
            channel.pipeline().get(SslHandler.class).closeOutbound();
            channel.eventLoop().schedule(() -> channel.close(), FAREWELL_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void allowFrames(int frameBytesMax) {
        decoder.allow(frameBytesMax);
    }

    @Override
    public Bytes channelBinding() {
        return channelBinding;
    }

    @Override
    public ScheduledExecutorService executor() {
        return channel.eventLoop();
    }

    @Override
    public boolean isOnLoop() {
        return channel.eventLoop().inEventLoop();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    /// Ends the connection because the gateway stops; callable from any thread.
    void shutDown(Drain drain) {
        channel.eventLoop().execute(() -> {
            if (session != null) {
                session.drain(drain.retryAfter(), drain.patience());
            } else {
                channel.close();
            }
        });
    }
}
