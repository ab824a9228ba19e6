package assent.server.support;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameEncoder;
import assent.protocol.wire.FrameKind;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A peer over real TLS that sends whatever a test wants, frames or bytes, and reads what comes back.
/// Blocking. One thread may read while others send.
public final class Peer implements AutoCloseable {
    /// Far more than anything takes here, so that only what never comes runs into it.
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final SSLSocket socket;
    private final EmbeddedChannel decoder;
    private final EmbeddedChannel encoder;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    private Peer(SSLSocket socket) {
        this.socket = socket;
        this.decoder = new EmbeddedChannel(new FrameDecoder<>(FrameKind.FROM_GATEWAY, Limits.FRAME_BYTES_MAX));
        this.encoder = new EmbeddedChannel(new FrameEncoder<>(FrameKind.FROM_DEVICE));
        // The leak guard is for the gateway's buffers; a test that leaves its peer open is no leak of those.
        decoder.config().setAllocator(new UnpooledByteBufAllocator(false, true));
        encoder.config().setAllocator(new UnpooledByteBufAllocator(false, true));
    }

    /// Connects with TLS 1.3 to a gateway that presents `certificate`.
    public static Peer connect(InetSocketAddress address, X509Certificate certificate) {
        return connect(address, certificate, 0);
    }

    /// As [#connect(InetSocketAddress, X509Certificate)].
    ///
    /// @param receiveBytes the socket's receive buffer; zero for the machine's choice
    public static Peer connect(InetSocketAddress address, X509Certificate certificate, int receiveBytes) {
        return connect(address, trusting(certificate), receiveBytes);
    }

    /// What peers connect with that trust this certificate; those that share one resume each other's
    /// sessions.
    public static SSLContext trusting(X509Certificate certificate) {
        try {
            var trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            trusted.setCertificateEntry("gateway", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            var context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the certificate cannot be trusted", e);
        }
    }

    /// Connects with what [#trusting] made.
    public static Peer connect(InetSocketAddress address, SSLContext context) {
        return connect(address, context, 0);
    }

    private static Peer connect(InetSocketAddress address, SSLContext context, int receiveBytes) {
        try {
            var socket = (SSLSocket) context.getSocketFactory().createSocket();
            if (receiveBytes > 0) {
                socket.setReceiveBufferSize(receiveBytes);
            }
            socket.connect(address);
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.setTcpNoDelay(true);
            socket.startHandshake();
            return new Peer(socket);
        } catch (IOException e) {
            throw new IllegalStateException("cannot connect to the gateway", e);
        }
    }

    public Peer send(DeviceFrame frame) {
        return sendBytes(encode(frame));
    }

    /// The frame's bytes, length prefix and all.
    public synchronized byte[] encode(DeviceFrame frame) {
        encoder.writeOutbound(frame);
        ByteBuf buffer = encoder.readOutbound();
        try {
            return ByteBufUtil.getBytes(buffer);
        } finally {
            buffer.release();
        }
    }

    public synchronized Peer sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("the gateway does not take what is sent", e);
        }
    }

    /// The next frame; empty when the gateway has closed the connection.
    public Optional<GatewayFrame> next() {
        try {
            var bytes = new byte[64 * 1024];
            while (true) {
                Optional<GatewayFrame> frame = decoded();
                if (frame.isPresent()) {
                    return frame;
                }
                int read = socket.getInputStream().read(bytes);
                if (read < 0) {
                    return Optional.empty();
                }
                received.write(bytes, 0, read);
                decode(bytes, read);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the gateway said nothing for " + PATIENCE, e);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<GatewayFrame> decoded() {
        synchronized (decoder) {
            return Optional.ofNullable(decoder.readInbound());
        }
    }

    private void decode(byte[] bytes, int count) {
        synchronized (decoder) {
            if (decoder.isOpen()) {
                decoder.writeInbound(Unpooled.wrappedBuffer(Arrays.copyOf(bytes, count)));
            }
        }
    }

    /// Every byte that has been read, inside TLS.
    public byte[] received() {
        return received.toByteArray();
    }

    /// The next frame of this type; what comes before it is passed over.
    public <F extends GatewayFrame> F skipTo(Class<F> type) {
        while (true) {
            GatewayFrame frame = next().orElseThrow(() ->
                    new AssertionError("expected " + type.getSimpleName() + ", but the connection was closed"));
            if (type.isInstance(frame)) {
                return type.cast(frame);
            }
        }
    }

    /// The next frame, which has to be of this type.
    public <F extends GatewayFrame> F expect(Class<F> type) {
        GatewayFrame frame = next().orElseThrow(() ->
                new AssertionError("expected " + type.getSimpleName() + ", but the connection was closed"));
        if (!type.isInstance(frame)) {
            throw new AssertionError("expected " + type.getSimpleName() + ", but got " + frame);
        }
        return type.cast(frame);
    }

    public GatewayFrame.Welcome hello() {
        return send(new DeviceFrame.Hello(Limits.PROTOCOL_VERSION, "test", "en"))
                .expect(GatewayFrame.Welcome.class);
    }

    /// The reason of the goodbye that has to come next, after which the connection has to be closed.
    public Reason goodbye() {
        Reason reason = expect(GatewayFrame.Goodbye.class).reason();
        if (next().isPresent()) {
            throw new AssertionError("a frame came after the goodbye");
        }
        return reason;
    }

    /// What sign-ins on this connection are bound to.
    public Bytes channelBinding() {
        try {
            return SignInProof.tlsServerEndPoint(
                    (X509Certificate) socket.getSession().getPeerCertificates()[0]);
        } catch (IOException e) {
            throw new UncheckedIOException("no certificate was presented", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close", e);
        } finally {
            synchronized (decoder) {
                decoder.finishAndReleaseAll(); // what came of a frame that nobody will read
            }
        }
    }
}
