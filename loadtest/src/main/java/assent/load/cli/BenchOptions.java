package assent.load.cli;

import assent.load.compare.Bench;
import java.time.Duration;
import picocli.CommandLine.Option;

/// What every server is loaded with that is loaded in turn with others. Confined to the main thread.
final class BenchOptions {
    @Option(names = "--pairs", paramLabel = "N", description = "Sender-recipient pairs (default ${DEFAULT-VALUE}).")
    private int pairs = 500;

    @Option(
            names = "--in-flight",
            paramLabel = "N",
            description = "Texts of each pair under way (default ${DEFAULT-VALUE}).")
    private int inFlight = 1;

    @Option(names = "--rounds", paramLabel = "N", description = "Turns of each server (default ${DEFAULT-VALUE}).")
    private int rounds = 5;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "For each server, once, before the rounds of the loop (default 20s).")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Measured in each round (default 5s).")
    private Duration duration = Duration.ofSeconds(5);

    @Option(
            names = "--away-texts",
            paramLabel = "N",
            description = "Texts of each pair in a turn of 'away' (default ${DEFAULT-VALUE}).")
    private int awayTexts = 100;

    Bench.Settings settings(Setup setup) {
        return new Bench.Settings(
                setup.within("--pairs", pairs, 1, 3_000),
                setup.within("--in-flight", inFlight, 1, 200),
                setup.within("--rounds", rounds, 1, 1_000),
                setup.within("--warm-up", warmUp, Duration.ofMillis(100), Duration.ofMinutes(10)),
                Duration.ofSeconds(1),
                setup.within("--duration", duration, Duration.ofMillis(100), Duration.ofHours(1)),
                setup.texts(),
                setup.textBytes());
    }

    int awayTexts(Setup setup) {
        return setup.within("--away-texts", awayTexts, 1, 10_000);
    }
}
