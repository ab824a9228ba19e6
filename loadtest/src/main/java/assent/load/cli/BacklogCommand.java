package assent.load.cli;

import assent.load.scenario.Backlog;
import assent.load.scenario.Scenario;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Texts for phones that are away.
@Command(
        name = "backlog",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Senders write to phones that are away; then these come back and get it all. Others may chat"
                + " meanwhile.")
public final class BacklogCommand extends ScenarioCommand {
    @Option(names = "--pairs", paramLabel = "N", description = "Sender-recipient pairs (default ${DEFAULT-VALUE}).")
    private int pairs = 500;

    @Option(names = "--texts-per-pair", paramLabel = "N", description = "That wait (default ${DEFAULT-VALUE}).")
    private int textsPerPair = 200;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Texts of each sender without an answer (default ${DEFAULT-VALUE}).")
    private int inFlight = 1;

    @Option(
            names = "--chatting",
            paramLabel = "N",
            description = "Further pairs that chat before the recipients come back and meanwhile; their time is the"
                    + " server's too (default ${DEFAULT-VALUE}).")
    private int chatting;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Texts a second of all who chat (default ${DEFAULT-VALUE}).")
    private double rate = 200;

    @Option(
            names = "--at-once",
            paramLabel = "N",
            description = "Connections that recipients make at a time when they come back (default ${DEFAULT-VALUE}).")
    private int atOnce = 64;

    @Override
    Scenario scenario(Setup with) {
        return new Backlog(
                with.pairs(pairs),
                with.within("--texts-per-pair", textsPerPair, 1, 10_000),
                with.within("--in-flight", inFlight, 1, 200),
                with.within("--chatting", chatting, 0, 9_000),
                with.step(rate, Duration.ofSeconds(1)).perSecond(),
                with.within("--at-once", atOnce, 1, 1_000_000),
                Duration.ofMinutes(30));
    }

    @Override
    int morePhones() {
        return 2 * chatting;
    }
}
