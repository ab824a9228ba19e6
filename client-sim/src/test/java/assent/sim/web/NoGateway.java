package assent.sim.web;

import assent.device.Device;
import assent.device.DeviceConfig;
import assent.device.DeviceListener;
import assent.device.DeviceNetwork;
import assent.device.InMemoryDeviceStore;
import assent.device.Trust;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A carrier, and an address at which no gateway is. Thread-safe.
final class NoGateway implements Surroundings, AutoCloseable {
    private final CarrierSimulator carrier;
    private final DeviceNetwork network = DeviceNetwork.open(new Trust.Platform());
    private final AtomicInteger numbers = new AtomicInteger();
    private final int closedPort;

    NoGateway() throws IOException {
        carrier = CarrierSimulator.start(new CarrierConfig(0, "assent", "secret", "27722"));
        try (ServerSocket free = new ServerSocket(0)) {
            closedPort = free.getLocalPort();
        }
    }

    @Override
    public PhoneNumber newNumber() {
        return PhoneNumber.parse("+9198100" + (10_000 + numbers.incrementAndGet()));
    }

    @Override
    public Handset handset(PhoneNumber number) {
        return carrier.handset(number);
    }

    @Override
    public Device device(String locale, DeviceListener listener) {
        return Device.open(
                network,
                DeviceConfig.of("127.0.0.1", closedPort, locale),
                new InMemoryDeviceStore(),
                listener,
                Clock.systemUTC());
    }

    @Override
    public void retire(Device device) {
        device.close();
    }

    @Override
    public String gateway() {
        return "127.0.0.1:" + closedPort;
    }

    @Override
    public String certificateSha256() {
        return "none";
    }

    @Override
    public List<Contact> contacts() {
        return List.of();
    }

    @Override
    public Optional<Operator> operator() {
        return Optional.empty();
    }

    @Override
    public void close() {
        network.close();
        carrier.close();
    }
}
