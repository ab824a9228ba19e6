package assent.server.net;

import assent.protocol.Limits;
import assent.protocol.wire.FrameDecoder;
import assent.protocol.wire.FrameEncoder;
import assent.protocol.wire.FrameKind;
import assent.server.session.SessionServices;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.flow.FlowControlHandler;

/// The handlers of one connection, from the socket inwards:
///
/// | handler | what it does | |---|---|
/// | [ConnectionGuard] | closes connections beyond the limit before they cost anything |
/// | `SslHandler` | TLS 1.3; anything else is closed without an answer |
/// | [FrameDecoder] | bytes to frames, lengths checked before bodies arrive |
/// | [FrameEncoder] | frames to bytes |
/// | `FlowControlHandler` | holds the frames of one read back while the device does not take its
/// answers |
/// | [SessionHandler] | the session's ears and mouth, and the tail where every failure ends |
final class ConnectionPipeline extends ChannelInitializer<Channel> {
    private final ConnectionGuard guard;
    private volatile ServerTls tls;
    private long resumedBefore;
    private final SessionServices services;
    private final ListenerMeters meters;

    ConnectionPipeline(ConnectionGuard guard, ServerTls tls, SessionServices services, ListenerMeters meters) {
        this.guard = guard;
        this.tls = tls;
        this.services = services;
        this.meters = meters;
        meters.resumptions(this);
    }

    /// Connections from now on see this certificate; those that are open have what they have.
    synchronized void use(ServerTls tls) {
        resumedBefore += this.tls.resumptions();
        this.tls = tls;
    }

    /// How many connections have resumed an earlier TLS session.
    synchronized double resumptions() {
        return resumedBefore + tls.resumptions();
    }

    /// Earlier sessions can be resumed for a while longer, see [TicketKeys#ROTATED_EVERY].
    void rotateTicketKeys() {
        tls.ticketKeys().ifPresent(TicketKeys::rotate);
    }

    @Override
    protected void initChannel(Channel channel) {
        if (!guard.admit(channel)) {
            return;
        }
        ServerTls tls = this.tls; // one certificate for both, the handshake and what sign-ins are bound to
        var decoder = new FrameDecoder<>(FrameKind.FROM_DEVICE, Limits.FIRST_FRAME_BYTES_MAX);
        var ssl = tls.context().newHandler(channel.alloc());
        ssl.setHandshakeTimeoutMillis(services.times().hello().toMillis());
        channel.pipeline()
                .addLast(ssl)
                .addLast(decoder)
                .addLast(new FrameEncoder<>(FrameKind.FROM_GATEWAY))
                .addLast(new FlowControlHandler())
                .addLast(new SessionHandler(channel, decoder, tls.channelBinding(), services, meters));
    }
}
