package assent.server.simulation;

import assent.protocol.Bytes;
import assent.protocol.DeviceFrame;
import assent.protocol.GatewayFrame;
import assent.protocol.Limits;
import assent.server.session.Connection;
import assent.server.session.Session;
import assent.server.session.SessionServices;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ScheduledExecutorService;

/// One connection, both ends and the way between; instead of bytes it carries frames. Confined to one
/// thread.
final class Wire implements Connection {
    /// The same on each connection, so that each phone signs once.
    static final Bytes NONCE = Bytes.wrap(new byte[Limits.NONCE_BYTES]);

    static final Bytes CERTIFICATE_HASH = Bytes.wrap(new byte[32]);

    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Simulation world;
    private final SimulatedGateway gateway;
    private final VirtualPhone phone;
    private final VirtualLoop loop;
    private final Session session;
    private final Direction<DeviceFrame> up;
    private final Direction<GatewayFrame> down;
    private final Reception reception;
    private final Deque<DeviceFrame> unread = new ArrayDeque<>();
    private boolean closing;
    private boolean over;
    private boolean wasWritable = true;

    Wire(Simulation world, SimulatedGateway gateway, VirtualPhone phone, VirtualLoop loop, SessionServices services) {
        this.world = world;
        this.gateway = gateway;
        this.phone = phone;
        this.loop = loop;
        Duration latencyMax = world.weather().latencyMax();
        this.up = new Direction<>(world.time(), world.dice(), latencyMax, this::arrived);
        this.down = new Direction<>(world.time(), world.dice(), latencyMax, frame -> {
            phone.received(this, frame);
            onLoop(this::drained);
        });
        this.reception = new Reception(world, phone, this);
        this.session = new Session(this, services, NONCE);
        onLoop(() -> session.open(Duration.ZERO));
    }

    // ------------------------------------------------------------------ the phone's end

    Reception reception() {
        return reception;
    }

    void fromPhone(DeviceFrame frame) {
        up.send(frame, Frames.bytes(frame));
    }

    private void arrived(DeviceFrame frame) {
        onLoop(() -> {
            unread.add(frame);
            readOn();
        });
    }

    private void onLoop(Runnable task) {
        if (!over) {
            loop.execute(task);
        }
    }

    /// Like the real pipeline, reads nothing more from a phone that does not take its answers.
    private void readOn() {
        while (!unread.isEmpty() && (isWritable() || closing) && !over) {
            DeviceFrame frame = unread.remove();
            if (!session.isOver()) {
                gateway.about(this, phone, frame);
                world.journal().note(phone + " -> gateway: " + world.frames().name(phone, frame));
                session.received(frame);
            }
        }
    }

    private void drained() {
        if (!wasWritable && isWritable() && !over) {
            wasWritable = true;
            session.takes(true);
            readOn();
        }
    }

    // ------------------------------------------------------------------ trouble

    /// The connection is reset: what is under way arrives on each side, or not.
    void reset(boolean upArrives, boolean downArrives) {
        if (!upArrives) {
            up.cut();
        }
        if (!downArrives) {
            down.cut();
        }
        up.end(() -> onLoop(this::disconnected));
        down.end(() -> phone.closed(this));
    }

    /// Nothing arrives any more; the gateway does not notice.
    void blackhole() {
        up.cut();
        down.cut();
        world.time().after(world.dice().upTo(Duration.ofSeconds(3)), () -> phone.closed(this));
    }

    void stall(Duration length) {
        down.stall(length);
    }

    /// The gateway has died.
    void gatewayDied() {
        over = true;
        up.cut();
        if (world.dice().oneIn(2)) {
            down.cut();
        }
        down.end(() -> phone.closed(this));
    }

    private void disconnected() {
        if (!over) {
            gateway.ends(this, phone);
            over = true;
            session.disconnected();
        }
    }

    boolean isOver() {
        return over;
    }

    void goodbye(assent.protocol.Reason reason) {
        session.end(reason, java.util.Optional.of(Duration.ofMillis(500)));
    }

    // ------------------------------------------------------------------ the gateway's end

    @Override
    public void send(GatewayFrame frame) {
        world.told(gateway, phone, frame);
        if (closing || over) {
            return;
        }
        world.journal().note("gateway -> " + phone + ": " + world.frames().name(phone, frame));
        if (frame instanceof GatewayFrame.Goodbye(var reason, var ignored)) {
            world.journal().count("goodbye " + reason.name());
        }
        down.send(frame, Frames.bytes(frame));
        if (wasWritable && !isWritable()) {
            wasWritable = false;
            world.journal().count("unwritable");
            session.takes(false);
        }
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            up.cut();
            down.end(() -> phone.closed(this));
            schedule(FAREWELL, this::disconnected);
        }
    }

    @Override
    public boolean isWritable() {
        return down.bytesUnderWay() < world.weather().limits().unwrittenBytesMax();
    }

    @Override
    public long nanoTime() {
        return world.time().nanos();
    }

    @Override
    public void allowFrames(int frameBytesMax) {}

    @Override
    public String address() {
        return "127.0.0.1";
    }

    @Override
    public Bytes channelBinding() {
        return CERTIFICATE_HASH;
    }

    @Override
    public ScheduledExecutorService executor() {
        return loop;
    }

    @Override
    public boolean isOnLoop() {
        return loop.isInside();
    }
}
