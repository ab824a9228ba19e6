package assent.sim.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a gateway is started with. Immutable; printing hides the carrier's password.
///
/// @param home the project's folder
/// @param data the gateway's data folder, which exists
record GatewaySetup(
        Path home,
        Path data,
        int carrierPort,
        String serviceNumber,
        String carrierPassword,
        GatewayProcess.Extras extras) {
    Path log() {
        return extras.log().orElse(data.resolve("gateway.log"));
    }

    private List<String> command(int port) {
        var command = new ArrayList<>(List.of(
                home.resolve("server/bin/gateway").toString(),
                "serve",
                "--output=json",
                "--listen-host=127.0.0.1",
                "--listen-port=" + port,
                "--admin-port=0",
                "--data-folder=" + data,
                "--carrier-host=127.0.0.1",
                "--carrier-port=" + carrierPort,
                "--carrier-service-number=" + serviceNumber));
        command.addAll(extras.flags());
        return command;
    }

    /// Starts the process; it does not listen yet.
    ///
    /// @throws DemoFailure if there is no launcher
    Process launch(int port) {
        var builder = new ProcessBuilder(command(port))
                .directory(data.toFile()) // where no other configuration file is found
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.appendTo(log().toFile()));
        // Settings for the user's own gateway are not the demo's.
        builder.environment().keySet().removeIf(name -> name.startsWith("ASSENT_"));
        builder.environment().put("ASSENT_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("ASSENT_CARRIER_PASSWORD", carrierPassword);
        builder.environment().putAll(extras.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new DemoFailure(
                    "the gateway's launcher cannot be started: " + e.getMessage()
                            + ". Expected it in server/bin of the project's folder",
                    e);
        }
    }

    @Override
    public String toString() {
        return "GatewaySetup[" + data + "]";
    }
}
