package assent.sim.faults;

import assent.device.Backoff;
import assent.device.DeviceConfig;
import assent.device.DeviceLimits;
import assent.device.GatewayAddress;
import assent.device.InMemoryDeviceStore;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.PhoneWorld;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;
import java.util.List;

/// Phones with the real device library, which remember as long as the harness lives: it is gateways
/// that die here. Confined to one thread.
///
/// @param gateways where they connect: the gateways, or something in front of one
/// @param limits of each device
record Phones(PhoneWorld world, RandomNumbers numbers, List<GatewayAddress> gateways, DeviceLimits limits) {
    /// Sooner than a real phone, so that recovery shows the gateway's time and not the phone's.
    private static final Backoff IMPATIENT = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    Phones {
        gateways = List.copyOf(gateways);
    }

    /// Phones that speak to the stage's gateway.
    static Phones of(Stage stage, RandomNumbers numbers) {
        return of(stage.world(), numbers);
    }

    /// Phones that speak to any of the gateways there.
    static Phones of(PhoneWorld world, RandomNumbers numbers) {
        return new Phones(world, numbers, world.gateways(), DeviceLimits.standard());
    }

    Phones with(DeviceLimits others) {
        return new Phones(world, numbers, gateways, others);
    }

    /// Phones that connect to another port of the same host.
    Phones at(int port) {
        return new Phones(
                world, numbers, List.of(new GatewayAddress(gateways.getFirst().host(), port)), limits);
    }

    /// A new phone with a number of its own, on the carrier's network, not activated yet.
    DemoPhone fresh() {
        var phone = new DemoPhone(world.handset(numbers.next()));
        var config = DeviceConfig.of(gateways, "en").with(IMPATIENT).with(limits);
        phone.use(world.device(config, new InMemoryDeviceStore(), phone));
        return phone;
    }
}
