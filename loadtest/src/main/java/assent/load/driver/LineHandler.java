package assent.load.driver;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/// What the lines of all protocols have in common: when to flush, and how a connection ends.
///
/// What is written while a read is under way is flushed once at its end, as a phone's library would.
/// Confined to its channel's event loop.
abstract class LineHandler<M> extends SimpleChannelInboundHandler<M> implements Line {
    private final LineEvents events;
    private @Nullable Channel channel;
    private boolean reading;
    private boolean ended;
    private String whyEnded = "closed by the server";

    LineHandler(Class<M> type, LineEvents events) {
        super(type);
        this.events = events;
    }

    final LineEvents events() {
        return events;
    }

    /// TLS is there.
    abstract void begin();

    final void write(Object message) {
        Channel to = channel;
        if (to == null) {
            ReferenceCountUtil.release(message); // ended before it began
        } else if (reading) {
            to.write(message, to.voidPromise());
        } else {
            to.writeAndFlush(message, to.voidPromise());
        }
    }

    @Override
    public final void handlerAdded(ChannelHandlerContext context) {
        channel = context.channel();
    }

    @Override
    public final void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        reading = true;
        super.channelRead(context, message);
    }

    /// Room for what is written once per read.
    void readEnds() {}

    @Override
    public final void channelReadComplete(ChannelHandlerContext context) {
        readEnds();
        if (reading) {
            reading = false;
            context.flush();
        }
    }

    @Override
    public final void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof SslHandshakeCompletionEvent tls) {
            if (tls.isSuccess()) {
                begin();
            } else {
                end("TLS failed");
            }
        }
    }

    @Override
    public final void channelInactive(ChannelHandlerContext context) {
        tellEnd();
    }

    @Override
    public final void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        end(cause.getClass().getSimpleName());
    }

    /// @param reason a fixed word for counting
    final void end(String reason) {
        if (!ended) {
            whyEnded = reason;
        }
        if (channel != null) {
            channel.close();
        }
    }

    /// The connection could not be made.
    final void failed(Throwable cause) {
        whyEnded = "not connected: " + cause.getClass().getSimpleName();
        tellEnd();
    }

    private void tellEnd() {
        if (!ended) {
            ended = true;
            events.ended(this, whyEnded);
        }
    }

    @Override
    public final void close() {
        end(LineEvents.ASKED);
    }
}
