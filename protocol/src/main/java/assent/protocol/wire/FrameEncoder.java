package assent.protocol.wire;

import assent.protocol.Limits;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Writes frames as length-prefixed bytes, each into one buffer of the right size, which goes down
/// the pipeline. Anything else passes unchanged. A frame longer than [Limits#FRAME_BYTES_MAX] is
/// our own bug and fails its promise.
///
/// Confined to its channel's event loop.
public final class FrameEncoder<F> extends ChannelOutboundHandlerAdapter {
    private static final int PREFIX_BYTES = 4;

    private final FrameKind<F> kind;

    public FrameEncoder(FrameKind<F> kind) {
        this.kind = kind;
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (kind.type().isInstance(message)) {
            context.write(encode(context, kind.write(kind.type().cast(message))), promise);
        } else {
            super.write(context, message, promise);
        }
    }

    private static ByteBuf encode(ChannelHandlerContext context, MessageLite message) {
        int length = message.getSerializedSize();
        if (length > Limits.FRAME_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a frame has at most " + Limits.FRAME_BYTES_MAX + " bytes, not " + length);
        }
        ByteBuf buffer = context.alloc().directBuffer(PREFIX_BYTES + length, PREFIX_BYTES + length);
        try {
            buffer.writeInt(length);
            var output = CodedOutputStream.newInstance(buffer.nioBuffer(PREFIX_BYTES, length));
            message.writeTo(output);
            output.flush();
            buffer.writerIndex(PREFIX_BYTES + length);
            return buffer;
        } catch (IOException e) {
            buffer.release();
            throw new UncheckedIOException("a buffer of the right size was too small", e);
        }
    }
}
