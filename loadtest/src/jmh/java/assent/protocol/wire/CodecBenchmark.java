package assent.protocol.wire;

import assent.protocol.Body;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// Frames to bytes and back, through the handlers as they stand in a pipeline. Some hundred nanoseconds
/// are the embedded channel's own.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecBenchmark {
    private static final String TEXT = "x".repeat(80);
    private static final String NUMBER = "+447700900123";

    private final DeviceFrame send = new DeviceFrame.Send(
            MessageId.random(),
            NUMBER,
            Optional.of(Body.text(TEXT)),
            Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO)));
    private final GatewayFrame deliver = new GatewayFrame.Deliver(
            1, MessageId.random(), PhoneNumber.parse(NUMBER), Body.text(TEXT), Instant.EPOCH);

    private EmbeddedChannel device;
    private EmbeddedChannel gateway;
    private ByteBuf sendBytes;
    private ByteBuf deliverBytes;

    @Setup
    public void open() {
        device = new EmbeddedChannel(
                new FrameDecoder<>(FrameKind.FROM_GATEWAY, Limits.FRAME_BYTES_MAX),
                new FrameEncoder<>(FrameKind.FROM_DEVICE));
        gateway = new EmbeddedChannel(
                new FrameDecoder<>(FrameKind.FROM_DEVICE, Limits.FRAME_BYTES_MAX),
                new FrameEncoder<>(FrameKind.FROM_GATEWAY));
        sendBytes = written(device, send);
        deliverBytes = written(gateway, deliver);
    }

    private static ByteBuf written(EmbeddedChannel channel, Object frame) {
        channel.writeOutbound(frame);
        return channel.readOutbound();
    }

    private static Object read(EmbeddedChannel channel, ByteBuf bytes) {
        channel.writeInbound(bytes.retainedDuplicate());
        return channel.readInbound();
    }

    @Benchmark
    public int aDeviceWritesSend() {
        return released(written(device, send));
    }

    @Benchmark
    public Object aGatewayReadsSend() {
        return read(gateway, sendBytes);
    }

    @Benchmark
    public int aGatewayWritesDeliver() {
        return released(written(gateway, deliver));
    }

    @Benchmark
    public Object aDeviceReadsDeliver() {
        return read(device, deliverBytes);
    }

    @Benchmark
    public int aDeviceWritesAcknowledge() {
        return released(written(device, new DeviceFrame.Acknowledge(1)));
    }

    private static int released(ByteBuf bytes) {
        int length = bytes.readableBytes();
        bytes.release();
        return length;
    }

    @TearDown
    public void close() {
        sendBytes.release();
        deliverBytes.release();
        device.close();
        gateway.close();
    }
}
