package assent.server.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import assent.server.support.Peer;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Who may resume a TLS session, and for how long. A server of nothing but TLS, and a phone that remembers.
final class TicketKeysTest {
    private final MultiThreadIoEventLoopGroup loops = Transport.best().eventLoops("test", 1);
    private X509Bundle certificate;
    private volatile ServerTls tls;
    private Channel server;
    private SSLContext phone;

    @BeforeEach
    void start() throws Exception {
        assumeThat(OpenSsl.isAvailable()).isTrue();
        certificate = new CertificateBuilder()
                .subject("CN=localhost")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        tls = fresh();
        phone = Peer.trusting(certificate.getCertificate());
        server = new ServerBootstrap()
                .group(loops)
                .channel(Transport.best().serverChannel())
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(tls.context().newHandler(channel.alloc()), new Greeter());
                    }
                })
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .sync()
                .channel();
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private ServerTls fresh() throws Exception {
        return ServerTls.of(certificate.getKeyPair().getPrivate(), List.of(certificate.getCertificate()));
    }

    private static final class Greeter extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent) {
                context.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {1}));
            }
        }
    }

    /// Connects, takes the ticket that comes with the first byte, and goes.
    private boolean resumes() throws Exception {
        long before = tls.resumptions();
        var address = (InetSocketAddress) server.localAddress();
        try (var socket = (SSLSocket) phone.getSocketFactory().createSocket(address.getAddress(), address.getPort())) {
            assertThat(socket.getInputStream().read()).isEqualTo(1);
            return tls.resumptions() > before;
        }
    }

    private void rotate() {
        tls.ticketKeys().orElseThrow().rotate();
    }

    @Test
    void aSessionIsResumedAlsoUnderTheKeyBefore() throws Exception {
        assertThat(resumes()).isFalse();
        assertThat(resumes()).isTrue();
        rotate();
        assertThat(resumes()).isTrue();
    }

    @Test
    void aTicketOfAKeyThatWasReplacedTwiceOpensNothing() throws Exception {
        resumes();
        rotate();
        rotate();

        assertThat(resumes()).isFalse();
    }

    @Test
    void aTicketOpensNothingOnceTheCertificateIsTakenAnew() throws Exception {
        resumes();
        tls = fresh();

        assertThat(resumes()).isFalse();
    }
}
