package assent.load.cli;

import assent.load.scenario.Mixed;
import assent.load.scenario.Scenario;
import assent.load.work.Order;
import assent.load.work.Schedule;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Chat with phones that come and go.
@Command(
        name = "mixed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Chat, while a share of the recipients goes away and comes back all the time.")
public final class MixedCommand extends ScenarioCommand {
    @Option(names = "--pairs", paramLabel = "N", description = "Sender-recipient pairs (default ${DEFAULT-VALUE}).")
    private int pairs = 500;

    @Option(names = "--rate", paramLabel = "N", description = "Texts a second (default ${DEFAULT-VALUE}).")
    private double rate = 1_000;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long (default 60s).")
    private Duration duration = Duration.ofMinutes(1);

    @Option(
            names = "--share",
            paramLabel = "X",
            description = "Share of the pairs whose recipients come and go, above 0 to 1 (default ${DEFAULT-VALUE}).")
    private double share = 0.2;

    @Option(names = "--going", paramLabel = "N", description = "That go away each second (default ${DEFAULT-VALUE}).")
    private double going = 10;

    @Option(
            names = "--away",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long they stay away (default 2s).")
    private Duration away = Duration.ofSeconds(2);

    @Override
    Scenario scenario(Setup with) {
        if (!(share > 0 && share <= 1) || !(going > 0)) {
            throw with.wrong("--share is " + share + " and --going " + going + "; expected above 0 to 1, and above 0");
        }
        return new Mixed(
                with.pairs(pairs),
                new Schedule(List.of(with.step(rate, duration))),
                new Order.GoingAway(share, going, away.toMillis()));
    }

    @Override
    Duration expected() {
        return duration;
    }
}
