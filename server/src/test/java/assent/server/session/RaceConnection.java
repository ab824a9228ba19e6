package assent.server.session;

import assent.protocol.Body;
import assent.protocol.Bytes;
import assent.protocol.DeliveryOption;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.protocol.MessageId;
import assent.protocol.Outcome;
import assent.protocol.PhoneNumber;
import assent.protocol.Reason;
import assent.protocol.consent.SignInProof;
import assent.server.store.Activation;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/// One connection of a device, with a real session behind it and no network: frames go to and fro on the
/// connection's event loop. What it records may be read from any thread.
final class RaceConnection implements Connection {
    private static final Bytes BINDING = Bytes.wrap(new byte[32]);
    private static final Bytes SIGNATURE = RaceWorld.KEY.sign(SignInProof.bytesToSign(RaceWorld.nonce(), BINDING));

    final Activation device;
    final Set<MessageId> received = ConcurrentHashMap.newKeySet();
    final Map<MessageId, Outcome> outcomes = new ConcurrentHashMap<>();
    private final EventLoop loop;
    private final Session session;

    /// What the phone does when a frame comes.
    private volatile Consumer<GatewayFrame> habit = frame -> {};

    volatile long epoch;
    volatile Optional<Reason> goodbye = Optional.empty();
    volatile long lastNumber;

    /// What it acknowledged before it was told to go.
    final Set<MessageId> acknowledged = ConcurrentHashMap.newKeySet();

    private volatile boolean gone;

    RaceConnection(RaceWorld world, Activation device, EventLoop loop) {
        this.device = device;
        this.loop = loop;
        this.session = new Session(this, world.services, RaceWorld.nonce());
    }

    RaceConnection habit(Consumer<GatewayFrame> now) {
        habit = now;
        return this;
    }

    /// Opens the connection and asks to sign in, all in one breath.
    RaceConnection signIn() {
        loop.execute(() -> {
            session.open(Duration.ZERO);
            session.received(new DeviceFrame.Hello(Limits.PROTOCOL_VERSION, "race", "en"));
            session.received(new DeviceFrame.SignIn(device.deviceId(), SIGNATURE));
        });
        return this;
    }

    /// The device says something; callable from any thread.
    void say(DeviceFrame frame) {
        loop.execute(() -> session.received(frame));
    }

    void acknowledgeAll() {
        loop.execute(() -> {
            if (goodbye.isEmpty() && !gone) {
                acknowledged.addAll(received);
            }
            session.received(new DeviceFrame.Acknowledge(lastNumber));
        });
    }

    MessageId text(PhoneNumber to, String text) {
        var id = MessageId.random();
        say(new DeviceFrame.Send(
                id, to.e164(), Optional.of(Body.text(text)), Optional.of(new DeliveryOption.CloudOnly(Duration.ZERO))));
        return id;
    }

    /// The network is gone.
    RaceConnection vanish() {
        loop.execute(() -> {
            gone = true;
            session.disconnected();
        });
        return this;
    }

    boolean isGone() {
        return gone;
    }

    boolean isLive() {
        return epoch != 0 && goodbye.isEmpty() && !gone;
    }

    boolean isSettled() {
        return epoch != 0 || goodbye.isPresent() || gone;
    }

    @Override
    public String toString() {
        return "(epoch " + epoch + ", " + goodbye + (gone ? ", gone" : "") + ", " + lastNumber + " received, "
                + acknowledged.size() + " acknowledged)";
    }

    Session session() {
        return session;
    }

    EventLoop loop() {
        return loop;
    }

    @Override
    public void send(GatewayFrame frame) {
        switch (frame) {
            case GatewayFrame.SignedIn(var given) -> epoch = given;
            case GatewayFrame.Goodbye farewell -> goodbye = Optional.of(farewell.reason());
            case GatewayFrame.Deliver delivery -> {
                lastNumber = delivery.deliveryNumber();
                received.add(delivery.messageId());
            }
            case GatewayFrame.SendResult result -> outcomes.put(result.messageId(), result.outcome());
            default -> {}
        }
        habit.accept(frame);
    }

    @Override
    public void close() {
        loop.execute(session::disconnected);
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
