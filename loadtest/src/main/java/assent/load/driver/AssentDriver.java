package assent.load.driver;

import assent.load.phones.Phone;
import assent.load.phones.PhoneBook;
import assent.protocol.Bytes;
import assent.protocol.Limits;
import assent.protocol.consent.SignInProof;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameEncoder;
import assent.protocol.wire.FrameKind;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import java.util.List;

/// Phones of a gateway: each signs in with its key, as `docs/protocol.md` has it. Thread-safe.
public final class AssentDriver implements Driver {
    private final LoadNetwork network;
    private final Target target;
    private final LoadTls tls;
    private final Bytes channelBinding;
    private final List<Phone> phones;

    /// @throws IllegalArgumentException if the certificate or the phones cannot be read
    public AssentDriver(LoadNetwork network, Target target) {
        this.network = network;
        this.target = target;
        this.tls = new LoadTls(target);
        this.channelBinding = SignInProof.tlsServerEndPoint(tls.certificate());
        this.phones = List.copyOf(new PhoneBook(target.phones()).read());
    }

    @Override
    public void connect(Place place, EventLoop loop, LineEvents events) {
        var decoder = new FrameDecoder<>(FrameKind.FROM_GATEWAY, Limits.FIRST_FRAME_BYTES_MAX);
        String peer = phones.get(place.peer()).number().e164();
        var line = new AssentLine(phones.get(place.phone()), peer, channelBinding, decoder, events);
        network.connect(place.phone(), target, loop, new ChannelInitializer<Channel>() {
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
    }
}
