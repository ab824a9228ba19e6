package assent.load.server;

import assent.load.driver.Protocol;
import assent.load.driver.Target;
import assent.sim.carrier.CarrierConfig;
import assent.sim.carrier.CarrierSimulator;
import assent.sim.demo.Listening;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The gateway under load, started as an operator starts it, and the carrier that it is bound to.
public final class Gateway {
    private static final String SYSTEM_ID = "assent";
    private static final String PASSWORD = "loadtest";
    private static final String SERVICE_NUMBER = "27722";
    private static final Duration BIND_MAX = Duration.ofSeconds(20);
    private static final int CONNECTIONS_MAX = 1_000_000;

    /// All phones come from one address, their numbers are one block, and nobody pays for their SMS.
    private static final String POLICY = """
            messages: {new-recipients-per-day: 100000}
            sms:
              per-prefix: {max: 1000000}
              per-address: {max: 1000000}
              per-day-max: 100000000
              spend: {price: 0}
            """;

    private Gateway() {}

    /// How it is started beyond what a load test needs. Immutable.
    ///
    /// @param home the project's folder
    /// @param javaOptions for its JVM
    /// @param flags for `gateway serve`
    public record Settings(Path home, Cores cores, String javaOptions, List<String> flags) {}

    /// A gateway and its carrier.
    public record Running(ServerProcess.Running server, CarrierSimulator carrier) {}

    /// Starts both; devices can connect when this returns. Blocks.
    public static Running start(StateFolder state, Settings settings, Ending ending) throws InterruptedException {
        CarrierSimulator carrier = carrier();
        ServerProcess process = ServerProcess.start(
                "gateway",
                settings.cores().forServer(command(state, settings, carrier.port())),
                Map.of(
                        "ASSENT_JAVA_HOME",
                        System.getProperty("java.home"),
                        "ASSENT_CARRIER_PASSWORD",
                        PASSWORD,
                        "JAVA_OPTS",
                        settings.javaOptions()),
                state.logs().resolve("gateway.log"),
                ending);
        Listening listening =
                Listening.parse(process.firstLine()).orElseThrow(() -> process.failure("did not say where it listens"));
        awaitBind(carrier, process);
        var target = new Target(
                Protocol.ASSENT,
                listening.host(),
                listening.port(),
                state.certificate(),
                state.phones().file(),
                false);
        return new Running(new ServerProcess.Running(process, target, carrier), carrier);
    }

    private static CarrierSimulator carrier() {
        try {
            return CarrierSimulator.start(new CarrierConfig(0, SYSTEM_ID, PASSWORD, SERVICE_NUMBER));
        } catch (IOException e) {
            throw new LoadFailure("the carrier simulator did not start: " + e.getMessage(), e);
        }
    }

    private static List<String> command(StateFolder state, Settings settings, int carrierPort) {
        var command = new ArrayList<>(List.of(
                settings.home().resolve("server/bin/gateway").toString(),
                "serve",
                "--output=json",
                "--listen-host=127.0.0.1",
                "--listen-port=0",
                "--listen-connections-max=" + CONNECTIONS_MAX,
                "--tls-certificate=" + state.certificate(),
                "--tls-key=" + state.key(),
                "--data-folder=" + state.gatewayData(),
                "--policy-initial-file=" + state.policy(POLICY),
                "--carrier-host=127.0.0.1",
                "--carrier-port=" + carrierPort,
                "--carrier-service-number=" + SERVICE_NUMBER));
        command.addAll(settings.flags());
        return command;
    }

    private static void awaitBind(CarrierSimulator carrier, ServerProcess process) throws InterruptedException {
        long end = System.nanoTime() + BIND_MAX.toNanos();
        while (carrier.gatewaysBound() == 0) {
            if (System.nanoTime() > end || !process.isAlive()) {
                process.close();
                throw process.failure("did not bind to the carrier within " + BIND_MAX.toSeconds() + " s");
            }
            Thread.sleep(Duration.ofMillis(20));
        }
    }
}
