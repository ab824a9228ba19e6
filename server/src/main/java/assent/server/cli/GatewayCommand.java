package assent.server.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/// Runs the command line of `server/bin/gateway` as a process.
public final class GatewayCommand {
    private GatewayCommand() {}

    /// Runs the command line and ends the process with its exit code.
    public static void run(GatewayLauncher launcher, String... args) {
        var around = new Surroundings(
                System.getenv(),
                Path.of(""),
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                Clock.systemUTC(),
                StopSignal.ofProcess());
        System.exit(GatewayCommandLine.create(launcher, around).execute(args));
    }
}
