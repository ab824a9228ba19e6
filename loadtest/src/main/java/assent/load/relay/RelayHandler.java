package assent.load.relay;

import assent.load.driver.RelayFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.Map;

/// Passes frames on. Confined to its channel's event loop.
final class RelayHandler extends ChannelInboundHandlerAdapter {
    private static final int NOBODY = -1;

    private final Map<Integer, Channel> connected;
    private int phone = NOBODY;

    /// @param connected by phone; shared by all connections
    RelayHandler(Map<Integer, Channel> connected) {
        this.connected = connected;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var frame = (ByteBuf) message;
        int named = RelayFrames.phone(frame);
        switch (RelayFrames.kind(frame)) {
            case RelayFrames.HELLO -> {
                frame.release();
                phone = named;
                connected.put(phone, context.channel());
                context.writeAndFlush(RelayFrames.frame(context.alloc(), RelayFrames.READY, phone));
            }
            case RelayFrames.TEXT, RelayFrames.ACKNOWLEDGEMENT -> pass(frame, named);
            default -> frame.release();
        }
    }

    private void pass(ByteBuf frame, int to) {
        Channel channel = connected.get(to);
        if (channel == null) {
            frame.release();
        } else {
            channel.writeAndFlush(frame, channel.voidPromise());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (phone != NOBODY) {
            connected.remove(phone, context.channel());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        context.close();
    }
}
