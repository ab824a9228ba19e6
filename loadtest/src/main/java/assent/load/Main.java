package assent.load;

import assent.load.cli.ActivationCommand;
import assent.load.cli.BacklogCommand;
import assent.load.cli.ChatCommand;
import assent.load.cli.CompareCommand;
import assent.load.cli.GrowthCommand;
import assent.load.cli.IdleCommand;
import assent.load.cli.MaxCommand;
import assent.load.cli.MixedCommand;
import assent.load.cli.ReportCommand;
import assent.load.cli.SoakCommand;
import assent.load.cli.StormCommand;
import assent.load.server.LoadFailure;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The load test as a program: `loadtest/bin/loadtest`.
@Command(
        name = "loadtest",
        mixinStandardHelpOptions = true,
        description = "Loads a gateway, or its peers, on this machine, and says what it took.",
        subcommands = {
            ChatCommand.class,
            MaxCommand.class,
            IdleCommand.class,
            StormCommand.class,
            BacklogCommand.class,
            ActivationCommand.class,
            MixedCommand.class,
            SoakCommand.class,
            CompareCommand.class,
            GrowthCommand.class,
            ReportCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var line = new CommandLine(new Main()).setCaseInsensitiveEnumValuesAllowed(false);
        line.setExecutionExceptionHandler((thrown, command, _) -> {
            if (thrown instanceof LoadFailure failure) {
                command.getErr().println("loadtest: " + failure.getMessage());
                return 1;
            }
            throw thrown;
        });
        System.exit(line.execute(args));
    }
}
