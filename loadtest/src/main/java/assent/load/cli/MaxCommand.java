package assent.load.cli;

import assent.load.scenario.Max;
import assent.load.scenario.Scenario;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The closed loop against one server.
@Command(
        name = "max",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "As many texts as the server takes: each pair sends its next text when the one before is with"
                + " its recipient and answered.")
public final class MaxCommand extends ScenarioCommand {
    @Option(names = "--pairs", paramLabel = "N", description = "Sender-recipient pairs (default ${DEFAULT-VALUE}).")
    private int pairs = 500;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Texts of each pair under way (default ${DEFAULT-VALUE}).")
    private int inFlight = 1;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Before what is measured (default 15s).")
    private Duration warmUp = Duration.ofSeconds(15);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "What is measured (default 10s).")
    private Duration duration = Duration.ofSeconds(10);

    @Override
    Scenario scenario(Setup with) {
        return new Max(
                with.pairs(pairs),
                with.within("--in-flight", inFlight, 1, 200),
                with.within("--warm-up", warmUp, Duration.ZERO, Duration.ofHours(1)),
                with.within("--duration", duration, Duration.ofMillis(100), Duration.ofHours(24)));
    }

    @Override
    Duration expected() {
        return warmUp.plus(duration);
    }
}
