package assent.server.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Puts a configuration together: a flag wins over an environment variable, that over the file, that
/// over the default.
///
/// Every value that any source gives is checked, also where a stronger source overrides it, and all
/// problems are reported at once.
public final class ConfigLoader {
    /// Names the file where `--config` does not.
    private static final String FILE_VARIABLE = "ASSENT_CONFIG";

    /// Variables with the gateway's prefix that are not options: for the launchers, and the file's
    /// name.
    private static final Set<String> OTHER_VARIABLES = Set.of("ASSENT_JAVA_HOME", FILE_VARIABLE);

    private ConfigLoader() {}

    /// @throws ConfigException with everything that is wrong
    public static LoadedConfig load(ConfigSources sources) {
        var problems = new ArrayList<Problem>();
        var given = new HashMap<String, Given>();
        for (Option option : Options.all()) {
            option.byDefault().ifPresent(text -> given.put(option.path(), defaultOf(option, text)));
        }
        file(sources)
                .ifPresent(file -> fromFile(file, problems)
                        .forEach(one -> given.put(one.option().path(), one)));
        fromEnvironment(sources.environment(), problems)
                .forEach(one -> given.put(one.option().path(), one));
        fromFlags(sources.flags(), problems)
                .forEach(one -> given.put(one.option().path(), one));
        DerivedValues.fill(given, problems);
        if (problems.isEmpty()) {
            problems.addAll(CrossRules.check(given));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new LoadedConfig(RecordBinder.bind(GatewayConfig.class, given), effective(given));
    }

    /// The file that is read; empty if none is named and there is none in the working directory.
    public static Optional<Path> file(ConfigSources sources) {
        return sources.file()
                .map(sources.folder()::resolve)
                .or(() -> Optional.ofNullable(sources.environment().get(FILE_VARIABLE))
                        .map(sources.folder()::resolve))
                .or(() -> Optional.of(sources.folder().resolve(ConfigSources.FILE_NAME))
                        .filter(Files::exists))
                .map(Path::normalize);
    }

    private static List<Given> fromFile(Path file, List<Problem> problems) {
        try {
            return FileSource.read(YamlReader.read(file), problems);
        } catch (ConfigException e) {
            problems.addAll(e.problems()); // go on: flags and variables may be wrong too
            return List.of();
        }
    }

    private static List<Given> fromEnvironment(Map<String, String> environment, List<Problem> problems) {
        var given = new ArrayList<Given>();
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (!variable.startsWith(Option.ENVIRONMENT_PREFIX) || OTHER_VARIABLES.contains(variable)) {
                return;
            }
            Options.all().stream()
                    .filter(option -> option.environment().equals(variable))
                    .findFirst()
                    .ifPresentOrElse(
                            option -> read(option, text, new Origin.Environment(variable), problems)
                                    .ifPresent(given::add),
                            () -> problems.add(unknownVariable(variable)));
        });
        return given;
    }

    private static Problem unknownVariable(String variable) {
        Optional<String> moved = Moved.nextForFlag("--"
                + variable.substring(Option.ENVIRONMENT_PREFIX.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '-'));
        if (moved.isPresent()) {
            return new Problem(variable, "", "this environment variable names no option any more", moved.get());
        }
        var names = Options.all().stream().map(Option::environment).toList();
        String guess = NearMiss.of(variable, names)
                .map(name -> "Did you mean " + name + "? ")
                .orElse("");
        return new Problem(
                variable,
                "",
                "this environment variable names no option; expected one that `gateway help serve` lists",
                guess + "Correct its name, or unset it");
    }

    private static List<Given> fromFlags(Map<String, String> flags, List<Problem> problems) {
        var given = new ArrayList<Given>();
        new TreeMap<>(flags)
                .forEach((path, text) -> Options.at(path)
                        .ifPresentOrElse(
                                option -> read(option, text, flagOf(option), problems)
                                        .ifPresent(given::add),
                                () -> problems.add(new Problem(
                                        Quoted.of(path),
                                        path,
                                        "there is no such option",
                                        Moved.next(path).orElse("Correct the name, or remove it")))));
        return given;
    }

    private static Origin flagOf(Option option) {
        return new Origin.Flag(option.flag().orElse(option.path()));
    }

    private static Optional<Given> read(Option option, String text, Origin origin, List<Problem> problems) {
        return switch (option.type().read(text.strip())) {
            case Reading.Good good -> Optional.of(new Given(option, good.value(), origin));
            case Reading.Bad bad -> {
                problems.add(Problems.badValue(option, origin, bad.found()));
                yield Optional.empty();
            }
        };
    }

    private static Given defaultOf(Option option, String text) {
        return switch (option.type().read(text)) {
            case Reading.Good good -> new Given(option, good.value(), new Origin.Default());
            case Reading.Bad bad ->
                throw new IllegalStateException("the default of " + option.path() + " " + bad.found());
        };
    }

    private static List<LoadedConfig.Effective> effective(Map<String, Given> given) {
        return Options.all().stream()
                .map(option -> Optional.ofNullable(given.get(option.path()))
                        .map(one -> new LoadedConfig.Effective(option, ValueType.show(one.value()), one.origin()))
                        .orElseGet(() -> new LoadedConfig.Effective(option, "", new Origin.Default())))
                .toList();
    }
}
