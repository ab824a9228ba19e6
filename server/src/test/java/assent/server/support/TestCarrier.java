package assent.server.support;

import assent.protocol.PhoneNumber;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.carrier.Handset;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A carrier simulator with handsets, and how a gateway gets to it. Thread-safe.
public final class TestCarrier implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");
    private static final String SERVICE_NUMBER = "7700";
    private static final String PASSWORD = "secret";

    private final CarrierSimulator simulator;
    private final Map<PhoneNumber, Handset> handsets = new ConcurrentHashMap<>();

    private TestCarrier(CarrierSimulator simulator) {
        this.simulator = simulator;
    }

    public static TestCarrier start() throws IOException {
        return new TestCarrier(CarrierSimulator.start(new CarrierConfig(0, "assent", PASSWORD, SERVICE_NUMBER)));
    }

    public CarrierSimulator simulator() {
        return simulator;
    }

    /// What a gateway has to be configured with.
    public Map<String, String> options() {
        return Map.of(
                "carrier.port",
                Integer.toString(simulator.port()),
                "carrier.password",
                PASSWORD,
                "carrier.service-number",
                SERVICE_NUMBER,
                "carrier.link.reconnect-min",
                "20ms",
                "carrier.link.reconnect-max",
                "100ms");
    }

    /// A fresh Indian number, on the carrier's network.
    public PhoneNumber newNumber() {
        PhoneNumber number =
                PhoneNumber.parse("+9198" + ThreadLocalRandom.current().nextInt(10_000_000, 99_999_999));
        handset(number);
        return number;
    }

    public Handset handset(PhoneNumber number) {
        return handsets.computeIfAbsent(number, simulator::handset);
    }

    /// The code in the newest SMS to this number.
    public String codeFor(PhoneNumber number) {
        Handset handset = handset(number);
        if (handset.await(sms -> CODE.matcher(sms.text()).find(), PATIENCE).isEmpty()) {
            throw new AssertionError("no SMS with a code arrived");
        }
        Matcher code = CODE.matcher(handset.inbox().getLast().text());
        if (!code.find()) {
            throw new AssertionError("the newest SMS holds no code");
        }
        return code.group(1);
    }

    @Override
    public void close() {
        simulator.close();
    }
}
