package assent.sim.demo;

import assent.device.Device;
import assent.device.DeviceConfig;
import assent.device.DeviceFolder;
import assent.device.DeviceListener;
import assent.device.DeviceNetwork;
import assent.device.DeviceStore;
import assent.device.Trust;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// All parts of the demo: the carrier in this process, the gateway in its own, the phones' network and
/// folders. Made in this order, closed in the opposite one. Thread-safe.
public final class Stage implements AutoCloseable {
    static final String SERVICE_NUMBER = "27722";

    private static final String SYSTEM_ID = "assent";
    private static final int PASSWORD_BYTES = 4;
    private static final int RESTART_TRIES_MAX = 5;
    private static final Duration BIND_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final long CLOSE_SECONDS_MAX = 10;

    private final DemoFolders folders;
    private final CarrierSimulator carrier;
    private GatewayProcess.Setup setup;
    private final DeviceNetwork network;
    private final List<Device> devices = new ArrayList<>(2);
    private GatewayProcess gateway;
    private boolean closed;

    private Stage(DemoFolders folders, CarrierSimulator carrier, GatewayProcess.Setup setup, GatewayProcess gateway) {
        this.folders = folders;
        this.carrier = carrier;
        this.setup = setup;
        this.gateway = gateway;
        this.network =
                DeviceNetwork.open(new Trust.CertificateFile(gateway.listening().certificateFile()));
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
        String password = password();
        CarrierSimulator carrier = carrier(password);
        try {
            var setup =
                    new GatewayProcess.Setup(home, folders.data(), carrier.port(), SERVICE_NUMBER, password, extras);
            GatewayProcess gateway = GatewayProcess.start(setup, 0);
            var stage = new Stage(folders, carrier, setup, gateway);
            stage.awaitBind();
            return stage;
        } catch (InterruptedException | RuntimeException e) {
            carrier.close();
            folders.close();
            throw e;
        }
    }

    private static String password() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static CarrierSimulator carrier(String password) {
        try {
            return CarrierSimulator.start(new CarrierConfig(0, SYSTEM_ID, password, SERVICE_NUMBER));
        } catch (IOException e) {
            throw new DemoFailure("the carrier simulator did not start: " + e.getMessage(), e);
        }
    }

    /// Waits until the gateway is bound to the carrier.
    public void awaitBind() throws InterruptedException {
        long end = System.nanoTime() + BIND_MAX.toNanos();
        while (carrier.gatewaysBound() == 0) {
            if (System.nanoTime() > end) {
                close();
                throw new DemoFailure("the gateway did not bind to the carrier within " + BIND_MAX.toSeconds() + " s; "
                        + setup.log() + " may say why");
            }
            Thread.sleep(PAUSE);
        }
    }

    /// A new handset at the carrier.
    public Handset handset(PhoneNumber number) {
        return carrier.handset(number);
    }

    /// A new device with a folder of its own; not connected yet.
    ///
    /// @param which 1 or 2
    synchronized Device device(int which, String locale, DeviceListener listener) {
        return device(
                DeviceConfig.of(gateway.listening().host(), gateway.listening().port(), locale),
                DeviceFolder.open(folders.phone(which), network.journals()),
                listener);
    }

    /// A new device; not connected yet, and closed with the stage.
    public synchronized Device device(DeviceConfig config, DeviceStore store, DeviceListener listener) {
        Device device = Device.open(network, config, store, listener, Clock.systemUTC());
        devices.add(device);
        return device;
    }

    public synchronized Listening listening() {
        return gateway.listening();
    }

    public DemoFolders folders() {
        return folders;
    }

    /// Kills the gateway and starts it again on the same port and data. Blocks.
    public synchronized void killAndRestartGateway() throws InterruptedException {
        killGateway();
        startGatewayAgain();
    }

    /// SIGKILL. Returns when the process is gone.
    public synchronized void killGateway() throws InterruptedException {
        gateway.kill();
    }

    /// Stops the gateway as an operator does.
    ///
    /// @return whether it stopped cleanly
    public synchronized boolean stopGateway() {
        return gateway.stop();
    }

    /// The gateway's process of now.
    public synchronized GatewayProcess gateway() {
        return gateway;
    }

    /// The carrier, to make it behave badly.
    public CarrierSimulator carrier() {
        return carrier;
    }

    /// How the gateway is started from the next time on.
    public synchronized void startWith(GatewayProcess.Extras extras) {
        setup = setup.with(extras);
    }

    /// Starts a gateway that has ended again, on the same port and data. Blocks.
    public synchronized void startGatewayAgain() throws InterruptedException {
        int port = gateway.listening().port();
        for (int tries = 1; ; tries++) {
            if (closed) {
                return;
            }
            try {
                gateway = GatewayProcess.start(setup, port);
                return;
            } catch (DemoFailure e) {
                // Its port may just have been lent to an outgoing connection, for a moment.
                if (tries == RESTART_TRIES_MAX) {
                    throw e;
                }
            }
        }
    }

    /// Fails if the gateway has ended.
    public synchronized void requireGateway() {
        if (!gateway.isAlive()) {
            throw new DemoFailure("the gateway has ended by itself; " + setup.log() + " may say why");
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        var closing = devices.stream().map(Device::close).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(closing)
                .completeOnTimeout(null, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
        network.close();
        gateway.stop();
        carrier.close();
        folders.close();
    }
}
