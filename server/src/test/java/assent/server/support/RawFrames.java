package assent.server.support;

import assent.protocol.wire.proto.DeviceFrame;
import assent.protocol.wire.proto.Hello;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/// Bytes of frames as no library would write them.
public final class RawFrames {
    private RawFrames() {}

    /// A frame's length prefix.
    public static byte[] length(int length) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(length).array();
    }

    /// A message with its length before it.
    public static byte[] framed(byte[] message) {
        return joined(length(message.length), message);
    }

    /// A hello of exactly this length, by an unknown field.
    public static byte[] padded(int length) {
        byte[] hello = DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder().setProtocolVersion(1).setLocale("en"))
                .build()
                .toByteArray();
        int left = length - hello.length - 2; // two bytes of tag
        int lengthBytes = left > 16_384 + 3 ? 3 : 2;
        byte[] padding = new byte[left - lengthBytes];
        byte[] field = UnknownFieldSet.newBuilder()
                .addField(
                        999,
                        UnknownFieldSet.Field.newBuilder()
                                .addLengthDelimited(ByteString.copyFrom(padding))
                                .build())
                .build()
                .toByteArray();
        byte[] message = joined(hello, field);
        if (message.length != length) {
            throw new IllegalArgumentException("no hello can be padded to " + length + " bytes");
        }
        return framed(message);
    }

    /// One after the other.
    public static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
