package assent.load.driver;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;

/// Phones of the bare relay. Thread-safe.
public final class RelayDriver implements Driver {
    private final LoadNetwork network;
    private final Target target;
    private final LoadTls tls;

    /// @throws IllegalArgumentException if the certificate cannot be read
    public RelayDriver(LoadNetwork network, Target target) {
        this.network = network;
        this.target = target;
        this.tls = new LoadTls(target);
    }

    @Override
    public void connect(Place place, EventLoop loop, LineEvents events) {
        var line = new RelayLine(ByteBufAllocator.DEFAULT, place, events);
        network.connect(place.phone(), target, loop, new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(RelayFrames.decoder())
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
