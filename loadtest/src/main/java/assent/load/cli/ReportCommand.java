package assent.load.cli;

import assent.load.report.HtmlReport;
import assent.load.report.RunFiles;
import assent.load.report.Summary;
import assent.load.server.LoadFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reports of runs that are over.
@Command(
        name = "report",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Makes the report of a run anew, or one of two runs beside each other.")
public final class ReportCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--compare", description = "Two runs beside each other.")
    private boolean compare;

    @Option(names = "--out", paramLabel = "FILE", description = "The HTML file to write (default ${DEFAULT-VALUE}).")
    private Path out = Path.of("report.html");

    @Parameters(paramLabel = "RUN", description = "A folder that --out of a run has written; two with --compare.")
    private List<Path> runs = List.of();

    @Override
    public Integer call() {
        int wanted = compare ? 2 : 1;
        if (runs.size() != wanted) {
            throw new ParameterException(spec.commandLine(), runs.size() + " runs are named; expected " + wanted);
        }
        List<HtmlReport.Named> named = runs.stream()
                .map(run -> new HtmlReport.Named(run.toString(), RunFiles.read(run)))
                .toList();
        try {
            Files.writeString(out, HtmlReport.of(named));
        } catch (IOException e) {
            throw new LoadFailure(out + " cannot be written: " + e, e);
        }
        PrintWriter printed = spec.commandLine().getOut();
        named.forEach(run -> {
            printed.println(run.name());
            Summary.lines(run.run()).forEach(printed::println);
        });
        printed.println("wrote " + out);
        printed.flush();
        return 0;
    }
}
