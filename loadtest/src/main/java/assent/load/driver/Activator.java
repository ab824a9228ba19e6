package assent.load.driver;

import assent.load.phones.Phone;
import assent.protocol.Limits;
import assent.protocol.PhoneNumber;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameEncoder;
import assent.protocol.wire.FrameKind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;

/// Activates phones by the whole handshake: notice, approval, claim, a code by SMS. Thread-safe.
public final class Activator {
    private final LoadNetwork network;
    private final Target target;
    private final LoadTls tls;
    private final CodeDesk codes;

    public Activator(LoadNetwork network, Target target, CodeDesk codes) {
        this.network = network;
        this.target = target;
        this.tls = new LoadTls(target);
        this.codes = codes;
    }

    /// @param phone its index, which decides the address that it connects from
    /// @return the phone, or an exception that says at which step it failed
    public CompletableFuture<Phone> activate(int phone, PhoneNumber number, EventLoop loop) {
        var decoder = new FrameDecoder<>(FrameKind.FROM_GATEWAY, Limits.FIRST_FRAME_BYTES_MAX);
        var line = new ActivationLine(number, loop, codes, decoder);
        network.connect(phone, target, loop, new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(tls.newHandler(channel.alloc()))
                                .addLast(decoder)
                                .addLast(new FrameEncoder<>(FrameKind.FROM_DEVICE))
                                .addLast(line);
                    }
                })
                .addListener((ChannelFuture made) -> {
                    if (!made.isSuccess()) {
                        line.failed(made.cause());
                    }
                });
        return line.activated();
    }
}
