package assent.server.cli;

import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.doctor.Doctor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/// `gateway` with its subcommands; makes the one [CommandLine] of the process.
@Command(
        name = "gateway",
        description = "Assent, a messaging gateway that knows a phone number only after its user approved.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        subcommands = HelpCommand.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, or stopped as asked",
            "1:could not start, go on or stop in time, or what was asked failed",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway serve                        start with assent.yaml or the defaults",
            "  gateway check --config assent.yaml   see whether a configuration is right",
            "  gateway doctor                       see whether the machine and the carrier are well",
            "  gateway status                       see how the running gateway is",
            "  gateway help serve                   all options",
            "  source <(gateway generate-completion)"
        })
final class GatewayCommandLine {
    private static final Logger log = LoggerFactory.getLogger(GatewayCommandLine.class);

    private GatewayCommandLine() {}

    static CommandLine create(
            GatewayLauncher launcher,
            Function<GatewayConfig, Doctor> doctors,
            StoreOpener stores,
            Surroundings around) {
        var line = new CommandLine(new GatewayCommandLine());
        addConfigured(line, new ServeCommand(launcher, around));
        addConfigured(line, new CheckCommand(around));
        addConfigured(line, new DoctorCommand(doctors, around));
        line.addSubcommand(new CommandLine(new StatusCommand(around)));
        line.addSubcommand(new CommandLine(new GatewaysCommand(around)));
        line.addSubcommand(new CommandLine(new SmsCommand(around)));
        line.addSubcommand(new CommandLine(new ReloadCommand(around)));
        line.addSubcommand(new CommandLine(new LogLevelCommand(around)).setCaseInsensitiveEnumValuesAllowed(true));
        line.addSubcommand(new CommandLine(new DrainCommand(around)));
        line.addSubcommand(new CommandLine(new DevicesCommand(around)));
        line.addSubcommand(new CommandLine(new AccountCommand(around)));
        line.addSubcommand(new CommandLine(new TokenCommand(around)));
        line.addSubcommand(new CommandLine(new PolicyCommand(around)));
        line.addSubcommand(new CommandLine(new AuditCommand(around)));
        line.addSubcommand(new CommandLine(new ReceiptCommand(around)));
        var key = new CommandLine(new KeyCommand.Group());
        addConfigured(key, new KeyCommand(around));
        line.addSubcommand(key);
        var store = new CommandLine(new StoreCopyCommand.Group());
        addConfigured(store, new StoreCopyCommand(stores, around));
        store.addSubcommand(new CommandLine(new StoreBackupCommand(around)));
        addConfigured(store, new StoreForgetCommand(stores, around));
        line.addSubcommand(store);
        line.addSubcommand(new AutoComplete.GenerateCompletion());
        Examples.handDown(line);
        line.setOut(around.out());
        line.setErr(around.err());
        line.setParameterExceptionHandler((failure, args) -> UsageErrors.report(failure));
        line.setExecutionExceptionHandler((failure, command, parsed) -> report(failure, around));
        return line;
    }

    private static void addConfigured(CommandLine line, Object command) {
        var subcommand = new CommandLine(command);
        ConfigFlags.addTo(subcommand.getCommandSpec());
        line.addSubcommand(subcommand);
    }

    /// One sentence for people; where it came from only at debug.
    private static int report(Exception failure, Surroundings around) {
        log.debug("Failed", failure);
        if (failure instanceof ConfigException config) {
            config.problems().forEach(problem -> around.err().println("gateway: " + problem));
            return ExitCode.USAGE;
        }
        String message = failure.getMessage();
        around.err().println("gateway: " + (message == null ? failure.getClass().getSimpleName() : message));
        return failure instanceof AdminClient.Unreachable ? ExitCode.UNREACHABLE : ExitCode.FAILURE;
    }
}
