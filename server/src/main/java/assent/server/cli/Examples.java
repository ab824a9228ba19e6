package assent.server.cli;

import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/// Lets the commands of a group show what the group says of them: its examples that are theirs, and
/// its exit codes.
final class Examples {
    private Examples() {}

    /// @param group with all its commands
    static void handDown(CommandLine group) {
        for (CommandLine command : group.getSubcommands().values()) {
            handDown(group.getCommandSpec(), command.getCommandSpec());
            handDown(command);
        }
    }

    private static void handDown(CommandSpec group, CommandSpec command) {
        UsageMessageSpec from = group.usageMessage();
        UsageMessageSpec to = command.usageMessage();
        if (to.footer().length == 0) {
            String begin = command.qualifiedName();
            String[] own = Arrays.stream(from.footer())
                    .filter(line -> (line.strip() + " ").startsWith(begin + " "))
                    .toArray(String[]::new);
            if (own.length > 0) {
                to.footerHeading(from.footerHeading());
                to.footer(own);
            }
        }
        if (to.exitCodeList().isEmpty()) {
            to.exitCodeListHeading(from.exitCodeListHeading());
            to.exitCodeList(from.exitCodeList());
        }
    }
}
