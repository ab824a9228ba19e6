package assent.server.cli;

import assent.server.config.ConfigLoader;
import assent.server.config.ConfigSources;
import assent.server.config.LoadedConfig;
import assent.server.config.Option;
import assent.server.config.Options;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Gives a command `--config` and one flag for every option that may be a flag, and reads them back.
final class ConfigFlags {
    private static final String CONFIG = "--config";

    private ConfigFlags() {}

    static void addTo(CommandSpec command) {
        command.addOption(OptionSpec.builder("-c", CONFIG)
                .type(String.class)
                .paramLabel("<file>")
                .description("Configuration file; without it ASSENT_CONFIG, else " + ConfigSources.FILE_NAME
                        + " in the working directory if it exists, else the defaults.")
                .order(1)
                .build());
        int order = 100;
        for (Option option : Options.all()) {
            int here = order++;
            option.flag()
                    .ifPresent(flag -> command.addOption(OptionSpec.builder(flag)
                            .type(String.class)
                            .paramLabel("<" + option.label() + ">")
                            .description(escaped(option.help() + " (default: " + option.defaultShown() + ")."))
                            .order(here)
                            .build()));
        }
    }

    /// picocli formats descriptions and replaces `${…}` in them.
    private static String escaped(String text) {
        return text.replace("%", "%%");
    }

    /// The file that the configuration is read from, if there is one.
    static Optional<Path> file(CommandSpec command, Surroundings around) {
        return ConfigLoader.file(sources(command, around));
    }

    static LoadedConfig load(CommandSpec command, Surroundings around) {
        return ConfigLoader.load(sources(command, around));
    }

    private static ConfigSources sources(CommandSpec command, Surroundings around) {
        CommandLine.ParseResult parsed = command.commandLine().getParseResult();
        Optional<Path> file = given(parsed, CONFIG).map(Path::of);
        Map<String, String> flags = new HashMap<>();
        for (Option option : Options.all()) {
            option.flag().flatMap(flag -> given(parsed, flag)).ifPresent(text -> flags.put(option.path(), text));
        }
        return new ConfigSources(file, around.folder(), around.environment(), flags);
    }

    private static Optional<String> given(CommandLine.ParseResult parsed, String flag) {
        return Optional.ofNullable(parsed.matchedOption(flag))
                .map(option -> option.stringValues().getFirst());
    }
}
