package assent.load.inside;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.server.session.Connection;
import assent.server.session.Session;
import assent.server.session.SessionServices;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A device's connection without a network: a real session on a real event loop, which says nothing but its
/// sign-in and its answers to pings. It has next to nothing of its own, so that what is measured is the session.
/// Confined to its event loop, but for [#signIn] and [#vanish].
final class SimulatedConnection implements Connection {
    /// The hash of a certificate that there is not.
    static final Bytes BINDING = Bytes.wrap(new byte[32]);

    /// Of every connection, so that one signature of a key is good for all its sign-ins; a copy for each, as in
    /// life.
    private static final byte[] NONCE = new byte[Limits.NONCE_BYTES];

    private final EventLoop loop;
    private final Session session;
    private @Nullable Consumer<Boolean> onOutcome;

    SimulatedConnection(SessionServices services, EventLoop loop) {
        this.loop = loop;
        this.session = new Session(this, services, nonce());
    }

    static Bytes nonce() {
        return Bytes.wrap(NONCE.clone());
    }

    /// Begins to sign in. From any thread.
    ///
    /// @param signature over what [assent.protocol.consent.SignInProof] says, with [#nonce] and [#BINDING]
    /// @param outcome hears once whether the device is signed in
    void signIn(DeviceId device, Bytes signature, Consumer<Boolean> outcome) {
        loop.execute(() -> {
            onOutcome = outcome;
            session.open(Duration.ZERO);
            session.received(new DeviceFrame.Hello(Limits.PROTOCOL_VERSION, "simulated", "en"));
            session.received(new DeviceFrame.SignIn(device, signature));
        });
    }

    /// The network is gone. From any thread.
    void vanish() {
        loop.execute(session::disconnected);
    }

    @Override
    public void send(GatewayFrame frame) {
        switch (frame) {
            case GatewayFrame.SignedIn _ -> outcome(true);
            case GatewayFrame.Goodbye _ -> outcome(false);
            case GatewayFrame.Ping(var token) -> loop.execute(() -> session.received(new DeviceFrame.Pong(token)));
            default -> {}
        }
    }

    private void outcome(boolean signedIn) {
        if (onOutcome != null) {
            Consumer<Boolean> once = onOutcome;
            onOutcome = null;
            once.accept(signedIn);
        }
    }

    @Override
    public void close() {
        vanish();
    }

    @Override
    public ScheduledExecutorService executor() {
        return loop;
    }

    @Override
    public boolean isOnLoop() {
        return loop.inEventLoop();
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void allowFrames(int frameBytesMax) {}

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public Bytes channelBinding() {
        return BINDING;
    }
}
