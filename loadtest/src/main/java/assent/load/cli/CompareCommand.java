package assent.load.cli;

import assent.load.compare.Comparison;
import assent.load.compare.Rounds;
import assent.load.conduct.WorkerHandle;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Report;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Several servers in one run. Confined to the main thread.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads the gateway, Mosquitto and a bare relay in turn, with the same texts, TLS and closed loop,"
                + " and prints what each text costs the server's processor. The servers are started by this command,"
                + " on this machine, and ended with it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something could not be started or has broken down",
            "2:wrong options",
            "4:something was lost or refused, so there is no ratio"
        })
public final class CompareCommand implements Callable<Integer> {
    private static final int NO_RATIO = 4;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "Which, in the order of their turns (default gateway,mosquitto,relay).")
    private List<Setup.Kind> kinds = List.of(Setup.Kind.gateway, Setup.Kind.mosquitto, Setup.Kind.relay);

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
            description = "For each server, once, before the rounds (default 20s).")
    private Duration warmUp = Duration.ofSeconds(20);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "Measured in each round (default 5s).")
    private Duration duration = Duration.ofSeconds(5);

    @Override
    public Integer call() throws InterruptedException {
        var settings = new Comparison.Settings(
                setup.within("--pairs", pairs, 1, 3_000),
                setup.within("--in-flight", inFlight, 1, 200),
                setup.within("--rounds", rounds, 1, 1_000),
                setup.within("--warm-up", warmUp, Duration.ZERO, Duration.ofMinutes(10)),
                Duration.ofSeconds(1),
                setup.within("--duration", duration, Duration.ofMillis(100), Duration.ofHours(1)),
                setup.texts(),
                setup.textBytes());
        StateFolder folder = setup.state();
        var servers = new LinkedHashMap<String, ServerProcess.Running>();
        try (WorkerHandle worker = WorkerHandle.start(setup.cores())) {
            setup.ending().onAsked(worker::stop);
            for (Setup.Kind kind : kinds) {
                servers.put(kind.name(), setup.start(kind, folder, 2 * pairs).server());
            }
            return print(new Comparison(worker, servers, settings, this::progress).run());
        } finally {
            servers.values().forEach(ServerProcess.Running::close);
            setup.ending().done();
        }
    }

    private void progress(String server, Report.Progress said) {
        var texts = said.counts().texts();
        if (texts.done() > 0) {
            setup.say(server + (said.measured() ? ": " : " (settling): ") + texts.done() + " texts");
        }
    }

    private int print(Map<String, Rounds> results) {
        var table = new CompareTable(results);
        setup.print(table.json(), table.lines());
        return table.hasFaults() ? NO_RATIO : 0;
    }
}
