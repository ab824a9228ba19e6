package assent.load.cli;

import assent.load.compare.AwayPart;
import assent.load.compare.Bench;
import assent.load.compare.ClosedLoopPart;
import assent.load.compare.ConnectPart;
import assent.load.compare.LatencyPart;
import assent.load.compare.Outcome;
import assent.load.compare.Part;
import assent.load.compare.Round;
import assent.load.compare.Rounds;
import assent.load.compare.Row;
import assent.load.compare.Spread;
import assent.load.conduct.Crew;
import assent.load.conduct.WorkerHandle;
import assent.load.scenario.Idle;
import assent.load.scenario.Scene;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Report;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Several servers in one run. Confined to the main thread.
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads the gateway, Mosquitto and a bare relay in turn, with the same texts, TLS and phones, and"
                + " prints what each costs and how long texts take. The servers are started by this command, on this"
                + " machine, and ended with it.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something could not be started or has broken down",
            "2:wrong options",
            "4:something was lost or refused, so there is no ratio",
            "130:ended early by Ctrl-C; what was found by then is printed"
        })
public final class CompareCommand implements Callable<Integer> {
    private static final int NO_RATIO = 4;
    private static final double SHARE_OF_MAX = 0.6;
    private static final double IDLE_TARGET_KIB = 10;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--servers",
            split = ",",
            paramLabel = "NAME",
            description = "Which, in the order of their turns (default gateway,mosquitto,relay).")
    private List<Setup.Kind> kinds = List.of(Setup.Kind.gateway, Setup.Kind.mosquitto, Setup.Kind.relay);

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description =
                    "By what: loop (CPU per text, both phones connected), away (recipient away), latency (at 60 %%"
                            + " of Mosquitto's maximum), connect, idle (memory), or all (default loop).")
    private List<Which> parts = List.of(Which.loop);

    @Mixin
    private BenchOptions options = new BenchOptions();

    @Option(
            names = "--idle-connections",
            paramLabel = "N",
            description = "Connections for 'idle' (default ${DEFAULT-VALUE}).")
    private int idleConnections = 18_000;

    @SuppressWarnings("MemberName") // as they are written on the command line
    enum Which {
        loop,
        away,
        latency,
        connect,
        idle,
        all
    }

    @Override
    public Integer call() throws InterruptedException {
        setup.within("--idle-connections", idleConnections, 2, Crew.CONNECTIONS_MAX);
        Bench.Settings settings = options.settings(setup);
        Set<Which> wanted =
                parts.contains(Which.all) ? EnumSet.complementOf(EnumSet.of(Which.all)) : EnumSet.copyOf(parts);
        StateFolder folder = setup.state();
        try {
            Outcome outcome = beside(folder, settings, wanted);
            if (wanted.contains(Which.idle)) {
                outcome = idle(folder, outcome);
            }
            outcome = outcome.endedEarly(setup.ending().isAsked());
            setup.print(outcome, CompareTable.lines(outcome));
            return outcome.faults().isEmpty() ? 0 : NO_RATIO;
        } finally {
            setup.ending().done();
        }
    }

    /// The parts in which the servers run beside each other.
    private Outcome beside(StateFolder folder, Bench.Settings settings, Set<Which> wanted) throws InterruptedException {
        var servers = new LinkedHashMap<String, ServerProcess.Running>();
        try (WorkerHandle worker = WorkerHandle.start(setup.cores())) {
            setup.ending().onAsked(worker::stop);
            for (Setup.Kind kind : kinds) {
                servers.put(
                        kind.name(),
                        setup.start(kind, folder, 2 * settings.pairs()).server());
            }
            return run(new Bench(worker, servers, settings, this::progress), wanted);
        } finally {
            servers.values().forEach(ServerProcess.Running::close);
        }
    }

    private Outcome run(Bench bench, Set<Which> wanted) {
        Outcome outcome = Outcome.against("mosquitto");
        Optional<Rounds> measure = Optional.empty();
        // The rate of the latency part is a share of what the loop finds.
        if (wanted.contains(Which.loop) || wanted.contains(Which.latency)) {
            Map<String, Rounds> loop = run(bench, new ClosedLoopPart());
            outcome = outcome.plus(new ClosedLoopPart(), loop);
            measure = Optional.ofNullable(loop.get("mosquitto"));
        }
        if (wanted.contains(Which.away)) {
            var part = new AwayPart(options.awayTexts(setup));
            outcome = outcome.plus(part, run(bench, part));
        }
        if (wanted.contains(Which.latency)) {
            double max = measure.orElseThrow(() -> setup.wrong("--parts latency needs mosquitto among --servers"))
                    .of(Round::textsPerSecond)
                    .median();
            var part = new LatencyPart(SHARE_OF_MAX * max);
            outcome = outcome.plus(part, run(bench, part));
        }
        if (wanted.contains(Which.connect)) {
            outcome = outcome.plus(new ConnectPart(), run(bench, new ConnectPart()));
        }
        return outcome;
    }

    private Map<String, Rounds> run(Bench bench, Part part) {
        setup.say(part.name());
        return bench.run(part);
    }

    /// Each server alone and fresh: memory that a heap has touched before would not count.
    private Outcome idle(StateFolder folder, Outcome before) throws InterruptedException {
        Outcome outcome = before;
        for (Setup.Kind kind : kinds) {
            Setup.Started started = setup.start(kind, folder, idleConnections);
            try (ServerProcess.Running server = started.server();
                    Crew crew = Crew.start(
                            new Crew.Task(server.target(), 0, idleConnections / 2, 1, setup.texts(), setup.textBytes()),
                            setup.cores(),
                            setup.ending(),
                            said -> progress(kind.name(), said))) {
                var scene = new Scene(server, crew, _ -> crew, started.gateway(), folder, setup::say);
                double kib = new Idle(idleConnections / 2, Duration.ofSeconds(5))
                        .run(scene)
                        .figures()
                        .getOrDefault("memoryKibPerConnection", 0.0);
                outcome = outcome.plus(new Row(
                        idleConnections + " idle connections",
                        "memory, KiB per connection",
                        kind.name(),
                        new Spread(kib, kib, kib),
                        Optional.empty(),
                        kind == Setup.Kind.gateway ? Optional.of(IDLE_TARGET_KIB) : Optional.empty(),
                        true));
            }
        }
        return outcome;
    }

    private void progress(String contestant, Report.Progress said) {
        long texts = said.counts().texts().done();
        long connects = said.counts().connected();
        if (texts + connects > 0) {
            setup.say(contestant + (said.measured() ? ": " : " (settling): ") + texts + " texts, " + connects
                    + " connects");
        }
    }
}
