package assent.load.cli;

import assent.load.scenario.Scenario;
import assent.load.scenario.Soak;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Chat for a long time.
@Command(
        name = "soak",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Chat for a long time, and what grows in the server meanwhile.")
public final class SoakCommand extends ScenarioCommand {
    @Option(names = "--pairs", paramLabel = "N", description = "Sender-recipient pairs (default ${DEFAULT-VALUE}).")
    private int pairs = 500;

    @Option(names = "--rate", paramLabel = "N", description = "Texts a second (default ${DEFAULT-VALUE}).")
    private double rate = 2_000;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Before the first look at the server (default 60s).")
    private Duration warmUp = Duration.ofMinutes(1);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "From the first look to the second (default 30m).")
    private Duration duration = Duration.ofMinutes(30);

    @Override
    Scenario scenario(Setup with) {
        with.step(rate, duration);
        return new Soak(
                with.pairs(pairs),
                rate,
                with.within("--warm-up", warmUp, Duration.ofSeconds(1), Duration.ofHours(1)),
                duration);
    }

    @Override
    Duration expected() {
        return warmUp.plus(duration);
    }
}
