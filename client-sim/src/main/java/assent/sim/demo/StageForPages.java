package assent.sim.demo;

import assent.device.Device;
import assent.device.DeviceListener;
import assent.protocol.PhoneNumber;
import assent.sim.carrier.Handset;
import assent.sim.web.Surroundings;
import java.util.List;
import java.util.Optional;

/// The demo's stage, as the phones in the browser see it. Thread-safe.
///
/// @param contacts the phones in the terminal, if there are any
record StageForPages(Stage stage, RandomNumbers numbers, List<Contact> contacts) implements Surroundings {
    @Override
    public PhoneNumber newNumber() {
        return numbers.next();
    }

    @Override
    public Handset handset(PhoneNumber number) {
        return stage.handset(number);
    }

    @Override
    public Device device(String locale, DeviceListener listener) {
        return stage.freshDevice(locale, listener);
    }

    @Override
    public void retire(Device device) {
        stage.retire(device);
    }

    @Override
    public String gateway() {
        Listening at = stage.listening();
        return at.host() + ":" + at.port();
    }

    @Override
    public String certificateSha256() {
        return stage.listening().certificateSha256();
    }

    @Override
    public Optional<Operator> operator() {
        return stage.operator();
    }
}
