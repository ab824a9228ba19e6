package assent.device;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameViolation;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One connection as a channel sees it: reads, writes, timers and the end. What frames mean is
/// [Conversation]'s.
///
/// Frames that are written while the socket is being read go out together when the read is complete;
/// others go out together at the end of the event loop's current tasks. Acknowledgements are sent once
/// for each such flush.
///
/// Confined to its channel's event loop.
final class Connection extends SimpleChannelInboundHandler<GatewayFrame> {
    private static final int HEARTBEATS_MISSED_MAX = 3;

    private final DeviceContext device;
    private final Conversation conversation;
    private @Nullable ChannelHandlerContext channel;
    private @Nullable Disconnection why;
    private boolean reading;
    private boolean flushScheduled;
    private long acknowledgeThrough;
    private long acknowledged;
    private @Nullable ScheduledFuture<?> answerTimer;

    Connection(DeviceContext device, DeviceCore core) {
        this.device = device;
        this.conversation = new Conversation(device, core, this);
    }

    Conversation conversation() {
        return conversation;
    }

    /// Why it ended, as far as anybody knew before the channel closed.
    Disconnection whyEnded(Disconnection otherwise) {
        return why == null ? otherwise : why;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        channel = context;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                conversation.begin(context.pipeline().get(SslHandler.class));
            } else {
                end(TlsFailure.explain(tls.cause()));
            }
        } else if (event instanceof IdleStateEvent idle) {
            if (idle.state() == IdleState.WRITER_IDLE) {
                send(new DeviceFrame.Ping(System.nanoTime()));
            } else if (context.channel().config().isAutoRead()) {
                end(new Disconnection.Silent("nothing was heard for three heartbeats"));
            }
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, GatewayFrame frame) {
        reading = true;
        if (why == null) {
            conversation.onFrame(frame);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        conversation.readComplete();
        reading = false;
        flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            conversation.writable();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(
                cause instanceof FrameViolation violation
                        ? new Disconnection.ProtocolBroken(violation.reason() + ": " + violation.getMessage())
                        : new Disconnection.Lost(cause.toString()));
    }

    /// Writes one frame; see above for when it goes out.
    void send(DeviceFrame frame) {
        if (why == null && channel != null) {
            channel.write(frame, channel.voidPromise());
            flushSoon();
        }
    }

    /// Writes a frame that the gateway must answer within the answer timeout.
    void ask(DeviceFrame frame) {
        send(frame);
        expectAnswer(frame.getClass().getSimpleName());
    }

    private void expectAnswer(String question) {
        answered();
        answerTimer = device.loop()
                .schedule(
                        () -> conversation.unanswered(question),
                        device.config().limits().answerTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /// What was asked is answered, or nobody waits for it any more.
    void answered() {
        if (answerTimer != null) {
            answerTimer.cancel(false);
            answerTimer = null;
        }
    }

    void acknowledge(long through) {
        acknowledgeThrough = through;
        flushSoon();
    }

    private void flushSoon() {
        if (!reading && !flushScheduled) {
            flushScheduled = true;
            device.loop().execute(() -> {
                flushScheduled = false;
                flush();
            });
        }
    }

    private void flush() {
        var to = channel;
        if (to == null) {
            return;
        }
        if (acknowledgeThrough > acknowledged && why == null) {
            acknowledged = acknowledgeThrough;
            to.write(new DeviceFrame.Acknowledge(acknowledged), to.voidPromise());
        }
        to.flush();
    }

    boolean isWritable() {
        return channel != null && channel.channel().isWritable();
    }

    /// Whether frames are taken in at all: a slow app makes the gateway wait.
    void setReading(boolean on) {
        if (channel != null && channel.channel().config().isAutoRead() != on) {
            channel.channel().config().setAutoRead(on);
            // What the pause kept unread was not silence.
            IdleStateHandler idle = channel.pipeline().get(IdleStateHandler.class);
            if (idle != null) { // a connection that has ended has none, and an app may finish after that
                idle.resetReadTimeout();
            }
        }
    }

    /// From now on takes longer frames, pings when nothing was written for a heartbeat, and ends when
    /// nothing was heard for three.
    void welcomed(GatewayFrame.Welcome welcome) {
        if (channel != null) {
            var pipeline = channel.pipeline();
            pipeline.get(FrameDecoder.class).allow(Math.min(welcome.frameBytesMax(), Limits.FRAME_BYTES_MAX));
            long millis = Math.max(1, welcome.heartbeat().toMillis());
            pipeline.addBefore(
                    channel.name(),
                    "heartbeat",
                    new IdleStateHandler(HEARTBEATS_MISSED_MAX * millis, millis, 0, TimeUnit.MILLISECONDS));
        }
    }

    /// Closes the connection; the first reason given is the one that counts.
    void end(Disconnection reason) {
        if (why == null) {
            why = reason;
        }
        if (channel != null) {
            channel.close();
        }
    }
}
