package assent.load.cli;

import assent.load.compare.AwayPart;
import assent.load.compare.Bench;
import assent.load.compare.ClosedLoopPart;
import assent.load.compare.GrowthPart;
import assent.load.compare.Outcome;
import assent.load.compare.Part;
import assent.load.conduct.WorkerHandle;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Two gateways with different data in one run. Confined to the main thread.
@Command(
        name = "growth",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Loads two gateways in turn, that of --state and that of --grown, which has more activations"
                + " stored, and prints what a text costs each: with both phones connected, and with the recipient away."
                + " loadtest/bin/fill-activations fills a state folder.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something could not be started or has broken down",
            "2:wrong options",
            "4:something was lost or refused, so there is no ratio",
            "130:ended early by Ctrl-C; what was found by then is printed"
        })
public final class GrowthCommand implements Callable<Integer> {
    private static final int NO_RATIO = 4;
    private static final double CPU_RATIO_MAX = 1.15;
    private static final String SMALL = "state";
    private static final String GROWN = "grown";

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--grown",
            required = true,
            paramLabel = "DIR",
            description = "State folder whose gateway has more activations stored.")
    private Path grown = Path.of("");

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "By what: loop (both phones connected), away (recipient away) (default both).")
    private List<Which> parts = List.of(Which.loop, Which.away);

    @Mixin
    private BenchOptions options = new BenchOptions();

    @SuppressWarnings("MemberName") // as they are written on the command line
    enum Which {
        loop,
        away
    }

    @Override
    public Integer call() throws InterruptedException {
        Bench.Settings settings = options.settings(setup);
        List<Part> wanted = parts.stream().distinct().map(this::part).toList();
        if (!Files.isDirectory(grown)) {
            throw setup.wrong("--grown names " + grown + ", which is no folder; copy that of --state, and fill it with"
                    + " loadtest/bin/fill-activations");
        }
        StateFolder small = setup.state();
        StateFolder large = StateFolder.open(grown);
        if (small.isSame(large)) {
            throw setup.wrong("--grown and --state name the same folder; expected two");
        }
        try {
            Outcome outcome = compare(small, large, settings, wanted)
                    .endedEarly(setup.ending().isAsked());
            setup.print(outcome, CompareTable.lines(outcome));
            return outcome.faults().isEmpty() ? 0 : NO_RATIO;
        } finally {
            setup.ending().done();
        }
    }

    private Part part(Which which) {
        Part work = switch (which) {
            case loop -> new ClosedLoopPart();
            case away -> new AwayPart(options.awayTexts(setup));
        };
        return new GrowthPart(work, GROWN, CPU_RATIO_MAX);
    }

    private Outcome compare(StateFolder small, StateFolder large, Bench.Settings settings, List<Part> wanted)
            throws InterruptedException {
        var servers = new LinkedHashMap<String, ServerProcess.Running>();
        try (WorkerHandle worker = WorkerHandle.start(setup.cores())) {
            setup.ending().onAsked(worker::stop);
            servers.put(SMALL, start(small, settings));
            servers.put(GROWN, start(large, settings));
            var bench = new Bench(worker, servers, settings, this::progress);
            Outcome outcome = Outcome.against(SMALL);
            for (Part part : wanted) {
                setup.say(part.name());
                outcome = outcome.plus(part, bench.run(part));
            }
            return outcome;
        } finally {
            servers.values().forEach(ServerProcess.Running::close);
        }
    }

    private ServerProcess.Running start(StateFolder folder, Bench.Settings settings) throws InterruptedException {
        return setup.start(Setup.Kind.gateway, folder, 2 * settings.pairs()).server();
    }

    private void progress(String contestant, Report.Progress said) {
        long texts = said.counts().texts().done();
        if (texts > 0) {
            setup.say(contestant + (said.measured() ? ": " : " (settling): ") + texts + " texts");
        }
    }
}
