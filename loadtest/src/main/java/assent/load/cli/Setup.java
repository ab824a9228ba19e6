package assent.load.cli;

import assent.load.report.FailIf;
import assent.load.report.RunResult;
import assent.load.server.Cores;
import assent.load.server.Crowd;
import assent.load.server.Ending;
import assent.load.server.Gateway;
import assent.load.server.LoadFailure;
import assent.load.server.Mosquitto;
import assent.load.server.RelayServer;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Schedule;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// The options that all commands share, and what follows from them. Confined to the main thread.
final class Setup {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description = "Folder with the activated phones and the gateway's data; made at first, used again"
                    + " later (default: loadtest/state in the project's folder).")
    private @Nullable Path state;

    @Option(
            names = "--texts",
            paramLabel = "FILE",
            description = "Texts to send, one a line, or tab-separated: language, country, sender, text. Without it"
                    + " texts of --text-bytes are made up.")
    private @Nullable Path texts;

    @Option(
            names = "--text-bytes",
            paramLabel = "N",
            description = "Length of made-up texts, 1 to 16384 (default ${DEFAULT-VALUE}).")
    private int textBytes = 80;

    @Option(
            names = "--server-cores",
            paramLabel = "LIST",
            description = "Processors for the server, as taskset takes them (default: 0 if there are two or more).")
    private @Nullable String serverCores;

    @Option(
            names = "--load-cores",
            paramLabel = "LIST",
            description = "Processors for the workers (default: all others).")
    private @Nullable String loadCores;

    @Option(
            names = "--loops",
            paramLabel = "N",
            description = "Event loops of each worker process (default ${DEFAULT-VALUE}).")
    private int loops = 1;

    @Option(
            names = "--gateway-java-options",
            paramLabel = "OPTIONS",
            description = "Passed to the gateway's JVM, such as '-Xmx1g -XX:+UseSerialGC'.")
    private String gatewayJavaOptions = "";

    @Option(
            names = "--gateway-flag",
            paramLabel = "FLAG",
            description = "One more flag for 'gateway serve', such as --session-grace=30ms; may be repeated.")
    private List<String> gatewayFlags = new ArrayList<>();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "What goes to standard output: text or json (default ${DEFAULT-VALUE}).")
    private Output output = Output.text;

    private @Nullable Ending ending;

    @SuppressWarnings("MemberName") // as they are written on the command line
    enum Output {
        text,
        json
    }

    boolean json() {
        return output == Output.json;
    }

    Optional<Path> texts() {
        if (texts != null && !Files.isReadable(texts)) {
            throw wrong("--texts names " + texts + ", which cannot be read; expected a file of texts");
        }
        return Optional.ofNullable(texts).map(Path::toAbsolutePath);
    }

    int textBytes() {
        return within("--text-bytes", textBytes, 1, 16_384);
    }

    int within(String option, int value, int min, int max) {
        if (value < min || value > max) {
            throw wrong(option + " is " + value + "; expected " + min + " to " + max);
        }
        return value;
    }

    Duration within(String option, Duration value, Duration min, Duration max) {
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw wrong(option + " is " + Durations.text(value) + "; expected " + Durations.text(min) + " to "
                    + Durations.text(max));
        }
        return value;
    }

    ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }

    Cores cores() {
        Cores usual = Cores.usual();
        return new Cores(
                serverCores == null ? usual.server() : serverCores, loadCores == null ? usual.load() : loadCores);
    }

    StateFolder state() {
        return StateFolder.open(state == null ? home().resolve("loadtest/state") : state);
    }

    private static Path home() {
        String home = System.getProperty("assent.home");
        if (home == null) {
            throw new LoadFailure("the system property assent.home is not set; start with loadtest/bin/loadtest");
        }
        return Path.of(home);
    }

    /// How this run ends early. Whoever asks must say [Ending#done] in the end.
    Ending ending() {
        if (ending == null) {
            ending = Ending.install();
        }
        return ending;
    }

    int loops() {
        return within("--loops", loops, 1, 64);
    }

    int pairs(int pairs) {
        return within("--pairs", pairs, 1, 500_000);
    }

    Schedule.Step step(double perSecond, Duration time) {
        if (!(perSecond > 0) || perSecond > 10_000_000) {
            throw wrong("a rate is " + perSecond + "; expected more than 0, at most 10000000 texts a second");
        }
        return new Schedule.Step(
                perSecond,
                within("a duration", time, Duration.ofMillis(100), Duration.ofHours(24))
                        .toMillis());
    }

    /// Of the form `1000:10s`.
    Schedule.Step step(String text) {
        String[] parts = text.split(":", -1);
        try {
            return step(Double.parseDouble(parts[0]), new Durations().convert(parts[parts.length - 1]));
        } catch (IllegalArgumentException e) {
            throw wrong("a step is '" + text + "'; expected a rate, a colon and a duration, such as 1000:10s");
        }
    }

    FailIf condition(String text) {
        try {
            return FailIf.parse(text);
        } catch (IllegalArgumentException e) {
            throw wrong("--fail-if: " + e.getMessage());
        }
    }

    boolean isMet(FailIf condition, RunResult result) {
        try {
            return condition.isMetBy(result);
        } catch (IllegalArgumentException e) {
            throw wrong("--fail-if: " + e.getMessage());
        }
    }

    /// As they were given, and the machine.
    Map<String, String> parameters() {
        var parameters = new TreeMap<String, String>();
        for (var option : spec.commandLine().getCommandSpec().options()) {
            Object value = option.getValue();
            if (value != null && !option.usageHelp() && !option.versionHelp()) {
                parameters.put(option.longestName(), String.valueOf(value));
            }
        }
        parameters.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        parameters.put("serverCores", cores().server());
        parameters.put("loadCores", cores().load());
        parameters.put("java", System.getProperty("java.vendor.version", "") + " " + Runtime.version());
        parameters.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        return parameters;
    }

    /// To standard output, as was asked for.
    void print(Object result, List<String> lines) {
        if (json()) {
            out().println(JsonMapper.shared().writeValueAsString(result));
        } else {
            lines.forEach(out()::println);
        }
        out().flush();
    }

    /// A server that was started.
    record Started(ServerProcess.Running server, Optional<Gateway.Running> gateway) {}

    /// Starts a server, with as many activated phones as are asked for where it needs them.
    Started start(Kind kind, StateFolder folder, int phones) throws InterruptedException {
        say("starting " + kind);
        return switch (kind) {
            case gateway -> {
                var settings = new Gateway.Settings(home(), cores(), gatewayJavaOptions, gatewayFlags);
                Gateway.Running running = Gateway.start(folder, settings, ending());
                Crowd.ensure(
                        folder,
                        running,
                        phones,
                        (_, _) -> {},
                        count -> say(count + " of " + phones + " phones activated"));
                yield new Started(running.server(), Optional.of(running));
            }
            case mosquitto -> new Started(Mosquitto.start(folder, cores(), ending()), Optional.empty());
            case relay -> new Started(RelayServer.start(folder, cores(), ending()), Optional.empty());
        };
    }

    @SuppressWarnings("MemberName") // as they are written on the command line
    enum Kind {
        gateway,
        mosquitto,
        relay
    }

    /// To standard error, with the name of the program.
    void say(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("loadtest: " + what);
        err.flush();
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
