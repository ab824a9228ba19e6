package assent.sim.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Closes a connection from which nothing came for too long, be it in the middle of a request. Confined
/// to its channel's event loop.
final class Quiet extends IdleStateHandler {
    Quiet(Duration quietMax) {
        super(quietMax.toMillis(), 0, 0, TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
        ctx.close();
    }
}
