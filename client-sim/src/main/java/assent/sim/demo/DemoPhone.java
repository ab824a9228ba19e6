package assent.sim.demo;

import assent.device.Device;
import assent.device.DeviceListener;
import assent.device.Disconnection;
import assent.device.ReceivedMessage;
import assent.device.StopReason;
import assent.protocol.MessageId;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.Handset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One phone of the unattended demo: a handset at the carrier and a device at the gateway. Thread-safe.
public final class DemoPhone implements DeviceListener {
    /// What [#connection] says of a phone that is away.
    public static final int AWAY = 0;

    private final Handset handset;
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong receipts = new AtomicLong();
    private final AtomicReference<@Nullable StopReason> stopped = new AtomicReference<>();
    private volatile int connection = AWAY;
    private volatile Consumer<ReceivedMessage> screen = message -> {};
    private volatile @Nullable Device device;

    public DemoPhone(Handset handset) {
        this.handset = handset;
    }

    /// To be called once, before anything else.
    public void use(Device opened) {
        device = opened;
    }

    /// Where messages are shown from now on.
    public void showOn(Consumer<ReceivedMessage> newScreen) {
        screen = newScreen;
    }

    /// The device that was opened for this phone.
    public Device device() {
        Device opened = device;
        if (opened == null) {
            throw new IllegalStateException("the phone has no device yet");
        }
        return opened;
    }

    public Handset handset() {
        return handset;
    }

    public PhoneNumber number() {
        return handset.number();
    }

    /// Which of its connections the phone is signed in on, counted from 1; [#AWAY] if on none.
    public int connection() {
        return connection;
    }

    /// How often the phone has signed in so far.
    int connectionsSoFar() {
        return connections.get();
    }

    /// Receipts for queued messages that have come.
    long receipts() {
        return receipts.get();
    }

    /// Fails if the device has given up.
    public void requireWilling() {
        StopReason reason = stopped.get();
        if (reason != null) {
            throw new DemoFailure("a phone stopped connecting: " + reason
                    + ". That must not happen in the demo; the gateway's log may say more");
        }
    }

    /// Switches the phone's data connection off.
    public void leave() {
        connection = AWAY;
        device().disconnect();
    }

    /// Switches it on again: the device signs in by itself.
    public void comeBack() {
        var ignored = device().connect();
    }

    @Override
    public void onMessage(ReceivedMessage message) {
        screen.accept(message);
    }

    @Override
    public void onReceipt(MessageId messageId) {
        receipts.incrementAndGet();
    }

    @Override
    public void onSignedIn() {
        connection = connections.incrementAndGet();
    }

    @Override
    public void onDisconnected(Disconnection why) {
        connection = AWAY;
    }

    @Override
    public void onStopped(StopReason reason) {
        stopped.set(reason);
    }
}
