package assent.load.driver;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;

/// Clients of an MQTT 3.1.1 broker, with QoS 1 in both directions. Each subscribes to a topic of its own,
/// as each phone of a gateway can be written to. Thread-safe.
public final class MqttDriver implements Driver {
    private static final int MESSAGE_BYTES_MAX = 64 * 1024;

    private final LoadNetwork network;
    private final Target target;
    private final LoadTls tls;

    /// @throws IllegalArgumentException if the certificate cannot be read
    public MqttDriver(LoadNetwork network, Target target) {
        this.network = network;
        this.target = target;
        this.tls = new LoadTls(target);
    }

    @Override
    public void connect(Place place, EventLoop loop, LineEvents events) {
        var line = new MqttLine(place, events);
        network.connect(place.phone(), target, loop, new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(new MqttDecoder(MESSAGE_BYTES_MAX))
                                .addLast(MqttEncoder.INSTANCE)
                                .addLast(line);
                    }
                })
                .addListener((ChannelFuture made) -> {
                    if (!made.isSuccess()) {
                        line.failed(made.cause());
                    }
                });
    }
}
