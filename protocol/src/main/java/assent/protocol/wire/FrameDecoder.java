package assent.protocol.wire;

import assent.protocol.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/// Cuts the byte stream into frames and hands each on as a record; no buffer leaves this handler.
///
/// A frame's length is checked when its four bytes are there, before any byte of the body: a
/// declared 2 GiB frame allocates nothing. After the first violation the rest of the stream is
/// discarded.
///
/// Confined to its channel's event loop.
public final class FrameDecoder<F> extends ByteToMessageDecoder {
    private static final int PREFIX_BYTES = 4;

    private final FrameKind<F> kind;
    private int frameBytesMax;
    private boolean broken;

    /// @param frameBytesMax longest frame without its prefix, in bytes; see [#allow]
    public FrameDecoder(FrameKind<F> kind, int frameBytesMax) {
        this.kind = kind;
        this.frameBytesMax = frameBytesMax;
    }

    /// Takes frames up to this length from now on.
    public void allow(int frameBytesMax) {
        this.frameBytesMax = frameBytesMax;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (broken) {
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < PREFIX_BYTES) {
            return;
        }
        long length = in.getUnsignedInt(in.readerIndex());
        if (length == 0 || length > frameBytesMax) {
            broken = true;
            throw new FrameViolation(
                    Reason.FRAME_TOO_LARGE,
                    "a frame was declared with a length that this connection does not take: 1 to " + frameBytesMax
                            + " bytes");
        }
        if (in.readableBytes() < PREFIX_BYTES + length) {
            return;
        }
        int start = in.readerIndex() + PREFIX_BYTES;
        in.skipBytes(PREFIX_BYTES + (int) length);
        try {
            out.add(kind.parse(in.nioBuffer(start, (int) length)));
        } catch (FrameViolation e) {
            broken = true;
            throw e;
        }
    }
}
