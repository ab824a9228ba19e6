package assent.device;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.consent.KeyPair;
import assent.protocol.consent.Sha256;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameEncoder;
import assent.protocol.wire.FrameKind;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A TLS server that speaks the real codec and says only what a test tells it to. Thread-safe.
final class ScriptedGateway implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<ScriptedPeer> connections = new LinkedBlockingQueue<>();
    private final KeyPair signingKey = KeyPair.generate();
    private final X509Bundle certificate;
    private final Channel listener;
    private Limitation limitation = new Limitation(Duration.ofSeconds(60), 100, 100);

    /// What the Welcome says.
    record Limitation(Duration heartbeat, int sendsInFlightMax, int deliveriesInFlightMax) {}

    private ScriptedGateway() throws Exception {
        certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .ecp256()
                .addSanDnsName("localhost")
                .addExtendedKeyUsageServerAuth()
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        SslContext tls = SslContextBuilder.forServer(certificate.toKeyManagerFactory())
                .protocols("TLSv1.3")
                .build();
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(pipeline(tls))
                .bind("127.0.0.1", 0)
                .sync()
                .channel();
    }

    static ScriptedGateway start() {
        try {
            return new ScriptedGateway();
        } catch (Exception e) {
            throw new IllegalStateException("the scripted gateway did not start", e);
        }
    }

    private ChannelInitializer<Channel> pipeline(SslContext tls) {
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(Channel channel) {
                var peer = new ScriptedPeer(ScriptedGateway.this, channel);
                channel.pipeline()
                        .addLast(tls.newHandler(channel.alloc()))
                        .addLast(new FrameDecoder<>(FrameKind.FROM_DEVICE, Limits.FRAME_BYTES_MAX))
                        .addLast(new FrameEncoder<>(FrameKind.FROM_GATEWAY))
                        .addLast(new Frames(peer));
            }
        };
    }

    /// Hands what comes to the peer; a connection counts from its first frame on.
    private final class Frames extends SimpleChannelInboundHandler<DeviceFrame> {
        private final ScriptedPeer peer;
        private boolean known;

        private Frames(ScriptedPeer peer) {
            this.peer = peer;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, DeviceFrame frame) {
            peer.received(frame);
            if (!known) {
                known = true;
                connections.add(peer);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    /// The next connection that got as far as its first frame.
    ScriptedPeer nextConnection() {
        try {
            var peer = connections.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (peer == null) {
                throw new AssertionError("no device connected within " + PATIENCE);
            }
            return peer;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /// Whether a connection waits to be taken by [#nextConnection].
    boolean hasConnection() {
        return !connections.isEmpty();
    }

    ScriptedGateway limited(Limitation to) {
        limitation = to;
        return this;
    }

    KeyPair signingKey() {
        return signingKey;
    }

    GatewayFrame.Welcome welcome(Bytes nonce) {
        return new GatewayFrame.Welcome(
                Limits.PROTOCOL_VERSION,
                nonce,
                limitation.heartbeat(),
                Limits.FRAME_BYTES_MAX,
                Limits.BODY_BYTES_MAX,
                limitation.sendsInFlightMax(),
                limitation.deliveriesInFlightMax(),
                signingKey.publicKey().point());
    }

    java.security.cert.X509Certificate certificate() {
        return certificate.getCertificate();
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    Trust.Pinned pinned() {
        try {
            return new Trust.Pinned(Sha256.of(certificate.getCertificate().getEncoded()));
        } catch (java.security.cert.CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    Trust certificateFile(Path folder) throws IOException {
        return new Trust.CertificateFile(
                Files.writeString(folder.resolve("gateway.pem"), certificate.getCertificatePEM()));
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
