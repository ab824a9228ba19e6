package assent.load.cli;

import assent.load.compare.Comparison;
import assent.load.compare.Rounds;
import assent.load.conduct.WorkerHandle;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The closed loop against one server. Confined to the main thread.
@Command(
        name = "max",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "As many texts as the server takes: each pair sends its next text when the one before is with"
                + " its recipient and answered. The server is started by this command, on this machine.")
public final class MaxCommand implements Callable<Integer> {
    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "gateway, mosquitto or relay (default ${DEFAULT-VALUE}).")
    private Setup.Kind kind = Setup.Kind.gateway;

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
    public Integer call() throws InterruptedException {
        StateFolder folder = setup.state();
        try (WorkerHandle worker = WorkerHandle.start(setup.cores());
                ServerProcess.Running server = setup.start(kind, folder, 2 * pairs)) {
            setup.say(kind + " is process " + server.pid() + ", the worker " + worker.pid());
            var settings = new Comparison.Settings(
                    pairs, inFlight, 1, warmUp, Duration.ofSeconds(1), duration, setup.texts(), setup.textBytes());
            Map<String, Rounds> result = new Comparison(
                            worker,
                            Map.of(kind.name(), server),
                            settings,
                            (_, said) -> setup.say(said.counts().texts().done() + " texts"))
                    .run();
            var table = new CompareTable(result);
            (setup.json() ? Optional.of(table.json()).stream() : table.lines().stream()).forEach(setup.out()::println);
            setup.out().flush();
            return table.hasFaults() ? 4 : 0;
        }
    }
}
