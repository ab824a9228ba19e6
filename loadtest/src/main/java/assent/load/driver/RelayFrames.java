package assent.load.driver;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;

/// What the bare relay speaks: a length of four bytes, a kind, and the phone that the frame is for. The
/// relay looks at nothing else, and passes the bytes on as they are.
public final class RelayFrames {
    /// The first frame: the phone that connects, which is then put to its place.
    public static final byte HELLO = 0;

    /// The relay's answer to [#HELLO].
    public static final byte READY = 1;

    /// A text and its number.
    public static final byte TEXT = 2;

    /// That a text has arrived.
    public static final byte ACKNOWLEDGEMENT = 3;

    /// The relay's frame that is no answer and is not passed on.
    public static final byte ALIVE = 4;

    private static final int FRAME_BYTES_MAX = 64 * 1024;
    private static final int PREFIX_BYTES = 4;
    private static final int HEADER_BYTES = 5;

    private RelayFrames() {}

    /// Frames with their prefix.
    public static LengthFieldBasedFrameDecoder decoder() {
        return new LengthFieldBasedFrameDecoder(FRAME_BYTES_MAX, 0, PREFIX_BYTES);
    }

    public static byte kind(ByteBuf frame) {
        return frame.getByte(frame.readerIndex() + PREFIX_BYTES);
    }

    public static int phone(ByteBuf frame) {
        return frame.getInt(frame.readerIndex() + PREFIX_BYTES + 1);
    }

    public static ByteBuf frame(ByteBufAllocator allocator, byte kind, int phone) {
        return header(allocator, kind, phone, 0);
    }

    static ByteBuf text(ByteBufAllocator allocator, int phone, long number, byte[] text) {
        return header(allocator, TEXT, phone, Long.BYTES + text.length)
                .writeLong(number)
                .writeBytes(text);
    }

    static ByteBuf acknowledgement(ByteBufAllocator allocator, int phone, long number) {
        return header(allocator, ACKNOWLEDGEMENT, phone, Long.BYTES).writeLong(number);
    }

    private static ByteBuf header(ByteBufAllocator allocator, byte kind, int phone, int more) {
        int bytes = PREFIX_BYTES + HEADER_BYTES + more;
        return allocator
                .directBuffer(bytes, bytes)
                .writeInt(HEADER_BYTES + more)
                .writeByte(kind)
                .writeInt(phone);
    }

    static long number(ByteBuf frame) {
        return frame.getLong(frame.readerIndex() + PREFIX_BYTES + HEADER_BYTES);
    }

    static byte[] text(ByteBuf frame) {
        int start = PREFIX_BYTES + HEADER_BYTES + Long.BYTES;
        var bytes = new byte[frame.readableBytes() - start];
        frame.getBytes(frame.readerIndex() + start, bytes);
        return bytes;
    }
}
