package assent.sim.demo;

import assent.device.Device;
import assent.device.DeviceConfig;
import assent.device.DeviceListener;
import assent.device.DeviceNetwork;
import assent.device.DeviceStore;
import assent.device.GatewayAddress;
import assent.device.Trust;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// What phones live in: the carrier that knows their numbers, and a network in which their gateways
/// are. Thread-safe.
public final class PhoneWorld implements AutoCloseable {
    private static final long CLOSE_SECONDS_MAX = 10;

    private final DemoCarrier carrier;
    private final List<GatewayAddress> gateways;
    private final DeviceNetwork network;
    private final List<Device> devices = new ArrayList<>(2); // guarded by this

    /// @param carrier stays its owner's
    /// @param gateways of one installation
    /// @param certificate of all gateways
    PhoneWorld(DemoCarrier carrier, List<GatewayAddress> gateways, Path certificate) {
        this.carrier = carrier;
        this.gateways = List.copyOf(gateways);
        this.network = DeviceNetwork.open(new Trust.CertificateFile(certificate));
    }

    /// Where phones may connect.
    public List<GatewayAddress> gateways() {
        return gateways;
    }

    /// The carrier, to make it behave badly.
    public CarrierSimulator carrier() {
        return carrier.simulator();
    }

    /// A new handset at the carrier.
    public Handset handset(PhoneNumber number) {
        return carrier.simulator().handset(number);
    }

    DeviceNetwork network() {
        return network;
    }

    /// A new device; not connected yet, and closed with this world.
    public synchronized Device device(DeviceConfig config, DeviceStore store, DeviceListener listener) {
        Device device = Device.open(network, config, store, listener, Clock.systemUTC());
        devices.add(device);
        return device;
    }

    /// Closes a device, and lets go of it.
    synchronized void retire(Device device) {
        devices.remove(device);
        var ignored = device.close();
    }

    @Override
    public synchronized void close() {
        var closing = devices.stream().map(Device::close).toArray(CompletableFuture[]::new);
        CompletableFuture.allOf(closing)
                .completeOnTimeout(null, CLOSE_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
        network.close();
    }
}
