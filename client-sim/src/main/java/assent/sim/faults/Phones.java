package assent.sim.faults;

import assent.device.Backoff;
import assent.device.DeviceConfig;
import assent.device.DeviceLimits;
import assent.device.InMemoryDeviceStore;
import assent.sim.demo.DemoPhone;
import assent.sim.demo.RandomNumbers;
import assent.sim.demo.Stage;
import java.time.Duration;

/// Phones with the real device library, which remember as long as the harness lives: it is the gateway
/// that dies here. Confined to one thread.
///
/// @param port where they connect: the gateway's, or that of something in front of it
/// @param limits of each device
record Phones(Stage stage, RandomNumbers numbers, int port, DeviceLimits limits) {
    /// Sooner than a real phone, so that recovery shows the gateway's time and not the phone's.
    private static final Backoff IMPATIENT = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200));

    /// Phones that speak to the stage's gateway.
    static Phones of(Stage stage, RandomNumbers numbers) {
        return new Phones(stage, numbers, stage.listening().port(), DeviceLimits.standard());
    }

    Phones with(DeviceLimits others) {
        return new Phones(stage, numbers, port, others);
    }

    Phones at(int otherPort) {
        return new Phones(stage, numbers, otherPort, limits);
    }

    /// A new phone with a number of its own, on the carrier's network, not activated yet.
    DemoPhone fresh() {
        var phone = new DemoPhone(stage.handset(numbers.next()));
        var config = DeviceConfig.of(stage.listening().host(), port, "en")
                .with(IMPATIENT)
                .with(limits);
        phone.use(stage.device(config, new InMemoryDeviceStore(), phone));
        return phone;
    }
}
