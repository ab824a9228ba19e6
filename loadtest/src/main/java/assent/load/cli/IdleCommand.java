package assent.load.cli;

import assent.load.scenario.Idle;
import assent.load.scenario.Scenario;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Connections that do nothing.
@Command(
        name = "idle",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Holds connections that do nothing, and says what memory each takes: growth of the server's"
                + " proportional set size after a collection.")
public final class IdleCommand extends ScenarioCommand {
    @Option(names = "--connections", paramLabel = "N", description = "How many (default ${DEFAULT-VALUE}).")
    private int connections = 18_000;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long they are held before the second look (default 10s).")
    private Duration duration = Duration.ofSeconds(10);

    @Override
    Scenario scenario(Setup with) {
        return new Idle(
                with.within("--connections", connections, 2, 1_000_000) / 2,
                with.within("--duration", duration, Duration.ofSeconds(1), Duration.ofHours(24)));
    }
}
