package assent.server.cli;

import assent.server.config.ConfigException;
import assent.server.config.LoadedConfig;
import assent.server.config.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `gateway check`: says whether a gateway could start with this configuration, without starting or
/// making anything.
@Command(
        name = "check",
        description = {
            "Checks the configuration and the files that it names, starts nothing and makes nothing, and prints every"
                    + " option's effective value with where it came from. Takes the same options as serve."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:a gateway could start", "2:the command line, the configuration or a file is wrong"},
        footerHeading = "%nExamples:%n",
        footer = {"  gateway check", "  gateway check --config /etc/assent/assent.yaml -o json"})
final class CheckCommand implements Callable<Integer> {
    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<form>",
            order = 2,
            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
    private OutputForm output = OutputForm.text;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        var problems = new ArrayList<Problem>();
        List<LoadedConfig.Effective> settings = List.of();
        try {
            LoadedConfig loaded = ConfigFlags.load(spec, around);
            settings = loaded.settings();
            problems.addAll(FileChecks.of(loaded, around.clock()));
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        switch (output) {
            case text -> printText(settings, problems);
            case json -> around.out().println(json(settings, problems));
        }
        return problems.isEmpty() ? ExitCode.OK : ExitCode.USAGE;
    }

    private void printText(List<LoadedConfig.Effective> settings, List<Problem> problems) {
        int nameWidth = width(settings.stream().map(one -> one.option().path()).toList());
        int valueWidth =
                width(settings.stream().map(LoadedConfig.Effective::value).toList());
        for (LoadedConfig.Effective one : settings) {
            String value = one.value().isEmpty() ? "-" : one.value();
            around.out()
                    .println(padded(one.option().path(), nameWidth) + "  " + padded(value, valueWidth) + "  "
                            + one.origin().shown());
        }
        problems.forEach(problem -> around.err().println("gateway: " + problem));
        if (problems.isEmpty()) {
            around.out().println("The configuration is valid. Start with `gateway serve`.");
        } else {
            around.err()
                    .println("gateway: " + problems.size() + (problems.size() == 1 ? " problem" : " problems")
                            + "; a gateway would not start.");
        }
    }

    private static int width(List<String> cells) {
        return cells.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String padded(String cell, int width) {
        return cell + " ".repeat(width - Math.min(width, cell.length()));
    }

    private static String json(List<LoadedConfig.Effective> settings, List<Problem> problems) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("valid", problems.isEmpty());
        answer.put("settings", settings.stream().map(CheckCommand::setting).toList());
        answer.put("problems", problems);
        return JsonMapper.shared().writeValueAsString(answer);
    }

    private static Map<String, Object> setting(LoadedConfig.Effective one) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("option", one.option().path());
        fields.put("value", one.value());
        fields.put("from", one.origin().shown());
        return fields;
    }
}
