package assent.load.cli;

import assent.load.conduct.Crew;
import assent.load.report.FailIf;
import assent.load.report.RunFiles;
import assent.load.report.RunResult;
import assent.load.report.Summary;
import assent.load.report.Timeline;
import assent.load.scenario.Scenario;
import assent.load.scenario.Scene;
import assent.load.server.Gateway;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Report;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the commands of all scenarios have in common. Confined to the main thread.
abstract class ScenarioCommand implements Callable<Integer> {
    private static final int CONDITION_MET = 3;
    private static final int FAULTS = 4;

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "gateway, mosquitto or relay (default ${DEFAULT-VALUE}).")
    private Setup.Kind kind = Setup.Kind.gateway;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write result.json, report.html and the .hgrm files into this folder.")
    private @Nullable Path out;

    @Option(
            names = "--fail-if",
            paramLabel = "CONDITION",
            description = "Exit code 3 if it holds, such as 'p99>50ms', 'rate<2000', 'lost>0'; may be repeated.")
    private List<String> failIf = new ArrayList<>();

    /// Checks the options.
    abstract Scenario scenario(Setup with);

    /// How long it takes, connecting left out; zero: nobody knows.
    Duration expected() {
        return Duration.ZERO;
    }

    /// Phones beyond those of the scenario's own pairs.
    int morePhones() {
        return 0;
    }

    @Override
    public Integer call() throws InterruptedException {
        Scenario scenario = scenario(setup);
        List<FailIf> conditions = failIf.stream().map(setup::condition).toList();
        try {
            RunResult result = run(scenario);
            if (out != null) {
                RunFiles.write(out, result);
                setup.say("wrote " + out.resolve("report.html"));
            }
            setup.print(result, Summary.lines(result));
            return judge(result, conditions);
        } finally {
            setup.ending().done();
        }
    }

    private RunResult run(Scenario scenario) throws InterruptedException {
        StateFolder folder = setup.state();
        Instant startedAt = Instant.now();
        Setup.Started started = setup.start(kind, folder, 2 * scenario.pairs() + morePhones());
        try (ServerProcess.Running server = started.server();
                Timeline timeline = new Timeline(server.pid())) {
            setup.say(kind + " is process " + server.pid());
            var progress = new Progress(setup::say, expected());
            Consumer<Report.Progress> both = said -> {
                timeline.add(said);
                progress.accept(said);
            };
            try (Crew crew = crew(server, new Scene.Pairs(0, scenario.pairs()), both)) {
                Scenario.Finding finding = scenario.run(scene(server, crew, started.gateway(), folder, both));
                var header = new RunResult.Header(
                        scenario.name(),
                        setup.parameters(),
                        startedAt,
                        setup.ending().isAsked());
                return RunResult.of(header, finding.measured(), finding.figures(), timeline.points());
            }
        }
    }

    private Scene scene(
            ServerProcess.Running server,
            Crew crew,
            Optional<Gateway.Running> gateway,
            StateFolder folder,
            Consumer<Report.Progress> progress) {
        return new Scene(server, crew, pairs -> crew(server, pairs, progress), gateway, folder, setup::say);
    }

    private Crew crew(ServerProcess.Running server, Scene.Pairs pairs, Consumer<Report.Progress> progress) {
        var task = new Crew.Task(
                server.target(), pairs.first(), pairs.count(), setup.loops(), setup.texts(), setup.textBytes());
        return Crew.start(task, setup.cores(), setup.ending(), progress);
    }

    private int judge(RunResult result, List<FailIf> conditions) {
        List<FailIf> met = conditions.stream()
                .filter(condition -> setup.isMet(condition, result))
                .toList();
        met.forEach(condition -> setup.say("failed: " + condition.text()));
        if (!met.isEmpty()) {
            return CONDITION_MET;
        }
        return result.faults().isEmpty() || result.partial() ? 0 : FAULTS;
    }
}
