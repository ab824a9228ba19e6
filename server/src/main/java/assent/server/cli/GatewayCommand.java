package assent.server.cli;

import assent.server.config.GatewayConfig;
import assent.server.doctor.Doctor;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/// Runs the command line of `server/bin/gateway` as a process.
public final class GatewayCommand {
    private GatewayCommand() {}

    /// Runs the command line and ends the process with its exit code.
    ///
    /// @param doctors who looks at what is around a gateway of that configuration
    /// @param stores who opens stores that no gateway has open
    public static void run(
            GatewayLauncher launcher, Function<GatewayConfig, Doctor> doctors, StoreOpener stores, String... args) {
        var err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        var around = new Surroundings(
                System.getenv(),
                Path.of(""),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                err,
                Clock.systemUTC(),
                ProcessSignals.ofProcess(),
                TypedLine.ofProcess(err));
        System.exit(GatewayCommandLine.create(launcher, doctors, stores, around).execute(args));
    }
}
