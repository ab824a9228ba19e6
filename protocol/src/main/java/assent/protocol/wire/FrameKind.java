package assent.protocol.wire;

import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Reason;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import java.nio.ByteBuffer;

/// The two kinds of frames, and how each is translated. Immutable.
///
/// @param <F> the sealed set of frames
public abstract sealed class FrameKind<F> {
    /// What devices send.
    public static final FrameKind<DeviceFrame> FROM_DEVICE = new FromDevice();

    /// What gateways send.
    public static final FrameKind<GatewayFrame> FROM_GATEWAY = new FromGateway();

    private FrameKind() {}

    abstract Class<F> type();

    /// @throws FrameViolation if `bytes` hold no frame of this kind
    final F parse(ByteBuffer bytes) {
        try {
            return read(bytes);
        } catch (InvalidProtocolBufferException _) {
            // It would be a cause that holds the half-read message, with what is personal in it.
            throw new FrameViolation(Reason.FRAME_MALFORMED, "not a protobuf message of this protocol");
        } catch (IllegalArgumentException e) {
            throw new FrameViolation(Reason.FRAME_MALFORMED, "a field is out of bounds: " + e.getMessage());
        }
    }

    abstract F read(ByteBuffer bytes) throws InvalidProtocolBufferException;

    abstract MessageLite write(F frame);

    private static final class FromDevice extends FrameKind<DeviceFrame> {
        @Override
        Class<DeviceFrame> type() {
            return DeviceFrame.class;
        }

        @Override
        DeviceFrame read(ByteBuffer bytes) throws InvalidProtocolBufferException {
            return DeviceFrameReader.read(assent.protocol.wire.proto.DeviceFrame.parseFrom(bytes));
        }

        @Override
        MessageLite write(DeviceFrame frame) {
            return DeviceFrameWriter.write(frame);
        }
    }

    private static final class FromGateway extends FrameKind<GatewayFrame> {
        @Override
        Class<GatewayFrame> type() {
            return GatewayFrame.class;
        }

        @Override
        GatewayFrame read(ByteBuffer bytes) throws InvalidProtocolBufferException {
            return GatewayFrameReader.read(assent.protocol.wire.proto.GatewayFrame.parseFrom(bytes));
        }

        @Override
        MessageLite write(GatewayFrame frame) {
            return GatewayFrameWriter.write(frame);
        }
    }
}
