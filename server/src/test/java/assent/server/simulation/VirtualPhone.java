package assent.server.simulation;

import assent.protocol.DeviceFrame;
import assent.protocol.DeviceId;
import assent.protocol.GatewayFrame;
import assent.protocol.PhoneNumber;
import java.time.Duration;
import java.util.Optional;

/// A phone that follows `docs/protocol.md`: it connects again and again, and has an [Outgoing] and an
/// [Incoming] half. Confined to one thread.
final class VirtualPhone {
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(1);

    private final Simulation world;
    private final String name;
    private final PhoneNumber number;
    private final DeviceId deviceId;
    private final Outgoing outgoing;
    private final Incoming incoming;
    private Optional<Wire> wire = Optional.empty();
    private boolean active;
    private boolean away = true;
    private boolean connectIsDue;

    VirtualPhone(Simulation world, int index, PhoneNumber number, DeviceId deviceId) {
        this.world = world;
        this.name = "phone " + index;
        this.number = number;
        this.deviceId = deviceId;
        this.outgoing = new Outgoing(world, this);
        this.incoming = new Incoming(world, this);
    }

    PhoneNumber number() {
        return number;
    }

    DeviceId deviceId() {
        return deviceId;
    }

    Outgoing outgoing() {
        return outgoing;
    }

    Incoming incoming() {
        return incoming;
    }

    Optional<Wire> wire() {
        return wire;
    }

    /// Whether this is the connection that the phone uses, and it is signed in on it.
    boolean isActiveOn(Wire one) {
        return active && uses(one);
    }

    boolean isActive() {
        return active;
    }

    private boolean uses(Wire one) {
        return wire.filter(used -> used == one).isPresent();
    }

    void send(DeviceFrame frame) {
        wire.ifPresent(used -> used.fromPhone(frame));
    }

    // ------------------------------------------------------------------ coming and going

    /// Comes, and connects until it is gone.
    void come() {
        away = false;
        connectSoon();
    }

    /// Leaves without a word; the gateway notices.
    void leave() {
        away = true;
        wire.ifPresent(used -> used.reset(world.dice().oneIn(2), world.dice().oneIn(2)));
    }

    /// Connects anew. On the connection that it has it still takes and acknowledges texts, or nothing
    /// arrives there any more.
    void hop() {
        if (world.dice().oneIn(2)) {
            wire.ifPresent(Wire::blackhole);
        }
        wire = Optional.empty();
        active = false;
        connect();
    }

    private void connectSoon() {
        if (!connectIsDue && !away) {
            connectIsDue = true;
            world.time().after(world.dice().upTo(BACKOFF_MAX), this::connect);
        }
    }

    private void connect() {
        connectIsDue = false;
        if (away || wire.isPresent()) {
            return;
        }
        wire = world.gateway().map(gateway -> gateway.accept(this));
        if (wire.isPresent()) {
            outgoing.connected();
            send(new DeviceFrame.Hello(1, "simulation", "en"));
        } else {
            connectSoon();
        }
    }

    void closed(Wire one) {
        if (uses(one)) {
            world.journal().note(name + " has lost its connection");
            wire = Optional.empty();
            active = false;
            connectSoon();
        }
    }

    // ------------------------------------------------------------------ what comes in

    void received(Wire on, GatewayFrame frame) {
        world.journal().note(name + " has " + world.frames().name(this, frame));
        if (frame instanceof GatewayFrame.Deliver deliver) {
            on.reception().received(deliver);
        }
        if (!uses(on)) {
            return; // given up, but for the texts
        }
        switch (frame) {
            case GatewayFrame.Welcome ignored -> send(new DeviceFrame.SignIn(deviceId, Simulation.SIGN_IN_SIGNATURE));
            case GatewayFrame.SignedIn(var epoch) -> signedIn(epoch);
            case GatewayFrame.Ping(var token) -> send(new DeviceFrame.Pong(token));
            case GatewayFrame.Goodbye ignored -> {} // the end follows
            case GatewayFrame.Deliver ignored -> {}
            case GatewayFrame.SendResult result -> outgoing.result(result);
            case GatewayFrame.DeliveryReceipt(var id) -> outgoing.receipt(id);
            case GatewayFrame.InquiryAnswer(var id, var delivered) -> outgoing.answer(id, delivered);
            default ->
                throw Promises.broken(
                        "%s got a %s".formatted(name, frame.getClass().getSimpleName()));
        }
    }

    private void signedIn(long epoch) {
        world.promises().signedIn(number, epoch);
        active = true;
        outgoing.signedIn();
    }

    @Override
    public String toString() {
        return name;
    }
}
