package assent.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;

/// One end of a connection: the real codec in an embedded channel, on an allocator that counts.
/// Closing it asserts that every buffer was released. Confined to the test's thread.
final class Wire<F> implements AutoCloseable {
    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final FrameDecoder<F> decoder;
    private final EmbeddedChannel channel;

    private Wire(FrameKind<F> kind, int frameBytesMax) {
        decoder = new FrameDecoder<>(kind, frameBytesMax);
        channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(decoder, new FrameEncoder<>(kind));
    }

    static Wire<DeviceFrame> fromDevice() {
        return new Wire<>(FrameKind.FROM_DEVICE, Limits.FRAME_BYTES_MAX);
    }

    static Wire<GatewayFrame> fromGateway() {
        return new Wire<>(FrameKind.FROM_GATEWAY, Limits.FRAME_BYTES_MAX);
    }

    static <F> Wire<F> of(FrameKind<F> kind, int frameBytesMax) {
        return new Wire<>(kind, frameBytesMax);
    }

    FrameDecoder<F> decoder() {
        return decoder;
    }

    /// The bytes of the frame, with their length prefix.
    byte[] encode(F frame) {
        assertThat(channel.writeOutbound(frame)).isTrue();
        ByteBuf buffer = channel.readOutbound();
        try {
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    /// Receives one segment.
    ///
    /// @throws FrameViolation as the decoder does
    void receive(byte... segment) {
        channel.writeInbound(Unpooled.copiedBuffer(segment));
    }

    void receiveOneByOne(byte[] stream) {
        for (byte one : stream) {
            receive(one);
        }
    }

    /// The frames decoded since the last call.
    List<F> frames() {
        var frames = new ArrayList<F>();
        for (F frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    long allocatedBytes() {
        return allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory();
    }

    @Override
    public void close() {
        channel.finishAndReleaseAll();
        assertThat(allocatedBytes()).as("bytes in buffers that nobody released").isZero();
    }

    static byte[] framed(byte[] message) {
        return Unpooled.buffer(4 + message.length)
                .writeInt(message.length)
                .writeBytes(message)
                .array();
    }

    static byte[] joined(byte[]... parts) {
        return ByteBufUtil.getBytes(Unpooled.wrappedBuffer(parts));
    }
}
