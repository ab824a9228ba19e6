package assent.load.cli;

import assent.load.scenario.Chat;
import assent.load.scenario.Scenario;
import assent.load.work.Schedule;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Chat at a given rate.
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Pairs chat at a rate that is fixed beforehand, or at one after the other. Latency is counted from"
                        + " the time at which a text was to be sent, so a server that stalls cannot hide it.")
public final class ChatCommand extends ScenarioCommand {
    @Option(names = "--pairs", paramLabel = "N", description = "Sender-recipient pairs (default ${DEFAULT-VALUE}).")
    private int pairs = 500;

    @Option(names = "--rate", paramLabel = "N", description = "Texts a second (default ${DEFAULT-VALUE}).")
    private double rate = 1_000;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "How long at --rate (default 30s).")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = "--steps",
            paramLabel = "RATE:TIME",
            split = ",",
            description = "Several rates instead, such as 1000:10s,2000:10s,4000:10s.")
    private List<String> steps = List.of();

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "At the first rate, before what is measured (default 10s).")
    private Duration warmUp = Duration.ofSeconds(10);

    @Override
    Scenario scenario(Setup with) {
        return new Chat(
                with.pairs(pairs),
                schedule(with),
                with.within("--warm-up", warmUp, Duration.ZERO, Duration.ofHours(1)));
    }

    private Schedule schedule(Setup with) {
        return steps.isEmpty()
                ? new Schedule(List.of(with.step(rate, duration)))
                : new Schedule(steps.stream().map(with::step).toList());
    }

    @Override
    Duration expected() {
        return steps.isEmpty() ? warmUp.plus(duration) : Duration.ZERO;
    }
}
