package assent.load.cli;

import assent.load.scenario.Scenario;
import assent.load.scenario.Storm;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Everybody reconnects.
@Command(
        name = "storm",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "All connections but those of some who chat are cut, and all phones come back at once. Says how long"
                        + " it takes, and what the chatters notice.")
public final class StormCommand extends ScenarioCommand {
    @Option(
            names = "--connections",
            paramLabel = "N",
            description = "Phones that come back (default ${DEFAULT-VALUE}).")
    private int connections = 17_000;

    @Option(names = "--chatting", paramLabel = "N", description = "Pairs that chat on (default ${DEFAULT-VALUE}).")
    private int chatting = 100;

    @Option(names = "--rate", paramLabel = "N", description = "Their texts a second (default ${DEFAULT-VALUE}).")
    private double rate = 100;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long they chat from the cut on (default 60s).")
    private Duration duration = Duration.ofSeconds(60);

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "Connections that are being made at a time (default: all).")
    private int atOnce = 1_000_000;

    @Override
    Scenario scenario(Setup with) {
        return new Storm(
                with.within("--connections", connections, 2, 1_000_000) / 2,
                with.within("--chatting", chatting, 1, 9_000),
                rate,
                with.within("--duration", duration, Duration.ofSeconds(1), Duration.ofHours(1)),
                with.within("--at-once", atOnce, 1, 1_000_000));
    }

    @Override
    int morePhones() {
        return 2 * chatting;
    }
}
