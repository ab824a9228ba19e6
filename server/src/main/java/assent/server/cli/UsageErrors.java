package assent.server.cli;

import assent.server.config.Moved;
import assent.server.config.Option;
import assent.server.config.Options;
import java.util.List;
import picocli.CommandLine;

/// What people read when the command line itself is wrong. Never repeats a value: it could be a
/// secret.
final class UsageErrors {
    private UsageErrors() {}

    static int report(CommandLine.ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr().println(name + ": " + sentence(failure) + " See `" + name + " --help`.");
        return ExitCode.USAGE;
    }

    private static String sentence(CommandLine.ParameterException failure) {
        return switch (failure) {
            case CommandLine.UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case CommandLine.OverwrittenOptionException _ -> "an option is given twice; expected once.";
            case CommandLine.MissingParameterException _ -> String.valueOf(failure.getMessage()) + ".";
            default -> "this is no valid command line: " + failure.getMessage() + ".";
        };
    }

    private static String unmatched(CommandLine.UnmatchedArgumentException failure) {
        String first = failure.getUnmatched().getFirst();
        if (!first.startsWith("-")) {
            return "there is one argument too many, or no such command; expected an option or a command first.";
        }
        String flag = first.replaceFirst("=.*", "");
        for (Option option : Options.all()) {
            if (option.flag().isEmpty() && flag.equals("--" + option.path().replace('.', '-'))) {
                return option.path() + " is a secret, which other users could see in a flag; expected it in "
                        + option.environment() + " or in the file.";
            }
        }
        var moved = Moved.nextForFlag(flag);
        if (moved.isPresent()) {
            return flag + " is no option any more. " + moved.get() + ".";
        }
        List<String> known = failure.getCommandLine().getCommandSpec().options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .toList();
        return "there is no option " + flag + "."
                + Options.suggest(flag, known)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse("");
    }
}
