package assent.sim.demo;

import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;

/// The stage's carrier, with a password of its own. Thread-safe; printing hides the password.
record DemoCarrier(CarrierSimulator simulator, String password) implements AutoCloseable {
    private static final String SYSTEM_ID = "assent";
    private static final int PASSWORD_BYTES = 4;
    private static final Duration BIND_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(20);

    static DemoCarrier start() {
        byte[] bytes = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(bytes);
        String password = HexFormat.of().formatHex(bytes);
        try {
            return new DemoCarrier(
                    CarrierSimulator.start(new CarrierConfig(0, SYSTEM_ID, password, Stage.SERVICE_NUMBER)), password);
        } catch (IOException e) {
            throw new DemoFailure("the carrier simulator did not start: " + e.getMessage(), e);
        }
    }

    int port() {
        return simulator.port();
    }

    /// Waits until a gateway is bound.
    ///
    /// @param log of that gateway
    void awaitGateway(Path log) throws InterruptedException {
        awaitGateways(1, log);
    }

    /// Waits until so many gateways are bound.
    ///
    /// @param log of one of them
    void awaitGateways(int count, Path log) throws InterruptedException {
        long end = System.nanoTime() + BIND_MAX.toNanos();
        while (simulator.gatewaysBound() < count) {
            if (System.nanoTime() > end) {
                throw new DemoFailure("the gateway did not bind to the carrier within " + BIND_MAX.toSeconds() + " s; "
                        + log + " may say why");
            }
            Thread.sleep(PAUSE);
        }
    }

    @Override
    public void close() {
        simulator.close();
    }

    @Override
    public String toString() {
        return "DemoCarrier[" + port() + "]";
    }
}
