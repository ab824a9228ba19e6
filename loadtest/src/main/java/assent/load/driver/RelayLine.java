package assent.load.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;

/// A phone's connection to the bare relay. The recipient's phone itself answers each text.
///
/// Confined to its channel's event loop.
final class RelayLine extends LineHandler<ByteBuf> {
    private final ByteBufAllocator allocator;
    private final Driver.Place place;

    RelayLine(ByteBufAllocator allocator, Driver.Place place, LineEvents events) {
        super(ByteBuf.class, events);
        this.allocator = allocator;
        this.place = place;
    }

    @Override
    void begin() {
        write(RelayFrames.frame(allocator, RelayFrames.HELLO, place.phone()));
    }

    @Override
    public void send(long number, byte[] text) {
        write(RelayFrames.text(allocator, place.peer(), number, text));
    }

    @Override
    public void keepAlive() {
        write(RelayFrames.frame(allocator, RelayFrames.ALIVE, place.phone()));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf frame) {
        switch (RelayFrames.kind(frame)) {
            case RelayFrames.TEXT -> {
                long number = RelayFrames.number(frame);
                events().arrived(number, RelayFrames.text(frame));
                write(RelayFrames.acknowledgement(allocator, place.peer(), number));
            }
            case RelayFrames.ACKNOWLEDGEMENT ->
                events().accepted(RelayFrames.number(frame), LineEvents.Answer.DELIVERED);
            case RelayFrames.READY -> events().ready(this);
            default -> end("unexpected frame");
        }
    }
}
