package assent.sim.faults;

import assent.sim.demo.DemoFailure;
import assent.sim.process.ProcessFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The fault harness as a program: `client-sim/bin/faults`. Confined to the main thread.
@Command(
        name = "faults",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Starts a real gateway, lets phones write to each other, makes the world fail, and checks that"
                + " every text that was acknowledged is shown exactly once, in order. Progress and a table go to"
                + " standard error, the result is one line on standard output.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every promise was kept", "1:one was not, or a part could not be started", "2:wrong options"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  faults                          every fault, in some minutes",
            "  faults --fault kill --fault power-cut --seed 7",
            "  faults --fault kill --long      200 kills, a million texts",
            "  faults -o json                  the result as one JSON object"
        })
public final class FaultsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--fault",
            paramLabel = "NAME",
            description = "Only this one; can be given several times (--list shows all).")
    private List<String> wanted = new ArrayList<>();

    @Option(names = "--list", description = "Show the faults and what is promised under each.")
    private boolean list;

    @Option(names = "--long", description = "More strikes: takes up to an hour.")
    private boolean isLong;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of every random choice; a random one is chosen and printed without it.")
    private @Nullable Long seed;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "What the result is printed as: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    @Option(names = "--json", description = "The same as --output json.")
    private boolean json;

    /// As the flag has them.
    private enum Output {
        text,
        json
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            Faults.all().forEach(fault -> out.printf("%-12s %s%n", fault.name(), fault.promise()));
            return 0;
        }
        Undertaking.begin(System.getenv());
        long usedSeed = seed == null ? new SecureRandom().nextInt(Integer.MAX_VALUE) : seed;
        var reports = new ArrayList<FaultReport>();
        for (Fault fault : chosen()) {
            reports.add(run(fault, usedSeed));
        }
        var summary = new Summary(usedSeed, isLong, reports);
        summary.table().forEach(this::say);
        out.println(json || output == Output.json ? summary.json() : summary.line());
        out.flush();
        return summary.isGood() ? 0 : 1;
    }

    private List<Fault> chosen() {
        if (wanted.isEmpty()) {
            return Faults.all();
        }
        return wanted.stream()
                .map(name -> Faults.all().stream()
                        .filter(fault -> fault.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new ParameterException(
                                spec.commandLine(),
                                "--fault is '" + name + "'; expected one of "
                                        + String.join(
                                                ", ",
                                                Faults.all().stream()
                                                        .map(Fault::name)
                                                        .toList()))))
                .toList();
    }

    private FaultReport run(Fault fault, long usedSeed) throws InterruptedException {
        say("faults: " + fault.name() + " (--seed " + usedSeed + "): " + fault.promise());
        long startedNanos = System.nanoTime();
        Path scratch = scratch();
        try {
            var setting = new Setting(
                    home(), scratch, usedSeed, isLong, what -> say("faults: " + fault.name() + ": " + what));
            FaultReport report = fault.run(setting);
            say("faults: " + fault.name() + " took " + (System.nanoTime() - startedNanos) / 1_000_000_000 + " s");
            return report;
        } catch (ProcessFailure e) {
            return FaultReport.failed(fault.name(), String.valueOf(e.getMessage()));
        } finally {
            remove(scratch);
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println(line);
        spec.commandLine().getErr().flush();
    }

    private static Path scratch() {
        try {
            return Files.createTempDirectory("assent-faults-");
        } catch (IOException e) {
            throw new DemoFailure("no temporary folder could be made: " + e, e);
        }
    }

    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // The system clears its temporary folder sooner or later.
        }
    }

    private static Path home() {
        String home = System.getProperty("assent.home");
        if (home == null) {
            throw new DemoFailure("the system property assent.home is not set; start this with client-sim/bin/faults");
        }
        return Path.of(home);
    }

    public static void main(String[] args) {
        System.exit(new CommandLine(new FaultsCommand()).execute(args));
    }
}
