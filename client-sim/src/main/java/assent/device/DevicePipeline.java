package assent.device;

import assent.protocol.Limits;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameEncoder;
import assent.protocol.wire.FrameKind;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslHandler;

/// The pipeline of a device's connection, in the order in which bytes arrive.
///
/// | handler | does |
/// |---|---|
/// | tls | TLS 1.3, and whether the gateway is trusted |
/// | decoder | bytes to frames |
/// | encoder | frames to bytes |
/// | heartbeat | since Welcome: notices silence in either direction |
/// | connection | everything else: [Connection] |
final class DevicePipeline extends ChannelInitializer<Channel> {
    private final DeviceContext device;
    private final GatewayAddress gateway;
    private final Connection connection;

    private DevicePipeline(DeviceContext device, GatewayAddress gateway, Connection connection) {
        this.device = device;
        this.gateway = gateway;
        this.connection = connection;
    }

    /// Begins to connect; the channel lives on the device's own event loop.
    static ChannelFuture connect(DeviceContext device, GatewayAddress gateway, Connection connection) {
        var config = device.config();
        return new Bootstrap()
                .group(device.loop())
                .channel(device.network().channelType())
                .resolver(device.network().hostNames())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int)
                        config.limits().connectTimeout().toMillis())
                .handler(new DevicePipeline(device, gateway, connection))
                .connect(gateway.host(), gateway.port());
    }

    @Override
    protected void initChannel(Channel channel) {
        var config = device.config();
        SslHandler tls = device.network().tls().newHandler(channel.alloc(), gateway.host(), gateway.port());
        tls.setHandshakeTimeoutMillis(config.limits().connectTimeout().toMillis());
        channel.pipeline()
                .addLast("tls", tls)
                .addLast("decoder", new FrameDecoder<>(FrameKind.FROM_GATEWAY, Limits.FIRST_FRAME_BYTES_MAX))
                .addLast("encoder", new FrameEncoder<>(FrameKind.FROM_DEVICE))
                .addLast("connection", connection);
    }
}
