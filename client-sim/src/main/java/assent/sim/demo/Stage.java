package assent.sim.demo;

import assent.device.Backoff;
import assent.device.Device;
import assent.device.DeviceConfig;
import assent.device.DeviceFolder;
import assent.device.DeviceListener;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import assent.sim.web.Surroundings.Operator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// All parts of the demo: the carrier in this process, the gateway in its own, the phones' network and
/// folders. Made in this order, closed in the opposite one. Thread-safe.
public final class Stage implements AutoCloseable {
    static final String SERVICE_NUMBER = "27722";

    /// Folders of the two phones in the terminal are numbered below it.
    private static final int FIRST_FRESH = 2;

    /// Shorter than a real phone's: these two cannot overrun a gateway that has just started.
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

    private final DemoFolders folders;
    private final DemoCarrier carrier;
    private final GatewayKeeper gateway;
    private final PhoneWorld world;
    private int fresh;
    private boolean closed;

    private Stage(DemoFolders folders, DemoCarrier carrier, GatewayKeeper gateway) {
        this.folders = folders;
        this.carrier = carrier;
        this.gateway = gateway;
        Listening listening = gateway.now().listening();
        this.world = new PhoneWorld(carrier, List.of(listening.address()), listening.certificateFile());
    }

    /// Starts everything; the gateway listens, and is bound to the carrier, when this returns. Blocks.
    ///
    /// @param home the project's folder
    /// @param folders belongs to the stage from now on
    static Stage open(Path home, DemoFolders folders) throws InterruptedException {
        return open(home, folders, GatewayProcess.Extras.none());
    }

    /// As [#open(Path, DemoFolders)], with a gateway that is started in a special way.
    public static Stage open(Path home, DemoFolders folders, GatewayProcess.Extras extras) throws InterruptedException {
        DemoCarrier carrier = DemoCarrier.start();
        try {
            var setup =
                    new GatewaySetup(home, folders.data(), carrier.port(), SERVICE_NUMBER, carrier.password(), extras);
            return open(folders, carrier, GatewayKeeper.start(setup));
        } catch (InterruptedException | RuntimeException e) {
            carrier.close();
            folders.close();
            throw e;
        }
    }

    private static Stage open(DemoFolders folders, DemoCarrier carrier, GatewayKeeper gateway)
            throws InterruptedException {
        try {
            carrier.awaitGateway(gateway.log());
            return new Stage(folders, carrier, gateway);
        } catch (InterruptedException | RuntimeException e) {
            gateway.stop();
            throw e;
        }
    }

    /// Waits until the gateway is bound to the carrier.
    public void awaitBind() throws InterruptedException {
        carrier.awaitGateway(gateway.log());
    }

    /// What the phones live in.
    public PhoneWorld world() {
        return world;
    }

    /// A new handset at the carrier.
    public Handset handset(PhoneNumber number) {
        return world.handset(number);
    }

    /// A new device with a folder of its own; not connected yet.
    ///
    /// @param which 1 or 2
    Device device(int which, String locale, DeviceListener listener) {
        return world.device(
                DeviceConfig.of(world.gateways(), locale).with(BACKOFF),
                DeviceFolder.open(folders.phone(which), world.network().journals()),
                listener);
    }

    /// A new device that remembers nothing, with a folder of its own; not connected yet.
    synchronized Device freshDevice(String locale, DeviceListener listener) {
        return device(FIRST_FRESH + ++fresh, locale, listener);
    }

    /// Closes a device, and lets go of it.
    void retire(Device device) {
        world.retire(device);
    }

    public Listening listening() {
        return gateway.now().listening();
    }

    /// Whoever opens and pauses activation at the gateway; empty if it has no admin listener.
    Optional<Operator> operator() {
        return AdminSwitch.of(folders.data());
    }

    public DemoFolders folders() {
        return folders;
    }

    /// Kills the gateway and starts it again on the same port and data. Blocks.
    public void killAndRestartGateway() throws InterruptedException {
        killGateway();
        startGatewayAgain();
    }

    /// SIGKILL. Returns when the process is gone.
    public void killGateway() throws InterruptedException {
        gateway.kill();
    }

    /// Stops the gateway as an operator does.
    ///
    /// @return whether it stopped cleanly
    public boolean stopGateway() {
        return gateway.stop();
    }

    /// The gateway's process of now.
    public GatewayProcess gateway() {
        return gateway.now();
    }

    /// The carrier, to make it behave badly.
    public CarrierSimulator carrier() {
        return carrier.simulator();
    }

    /// Starts a gateway that has ended again, on the same port and data. Blocks.
    public void startGatewayAgain() throws InterruptedException {
        gateway.startAgain();
    }

    /// As [#startGatewayAgain], but a gateway that does not start is not tried again.
    ///
    /// @throws DemoFailure with its last words
    public void tryToStartGateway() throws InterruptedException {
        gateway.startOnce();
    }

    /// Ends everything. A restart under way is not waited for longer than its present try.
    @Override
    public void close() {
        gateway.startNoMore();
        closeOnce();
    }

    private synchronized void closeOnce() {
        if (closed) {
            return;
        }
        closed = true;
        world.close();
        gateway.stop();
        carrier.close();
        folders.close();
    }
}
