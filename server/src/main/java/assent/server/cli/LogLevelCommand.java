package assent.server.cli;

import assent.server.config.LogLevel;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `gateway log-level`: how much a running gateway logs. Confined to the main thread.
@Command(
        name = "log-level",
        description = {
            "Changes how much the running gateway logs, until it reloads or starts again. No level shows personal data."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:changed",
            "1:not changed, and why is on standard error",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway log-level debug", "  gateway log-level info"})
final class LogLevelCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Parameters(paramLabel = "LEVEL", description = "One of error, warn, info, debug, trace.")
    private LogLevel level = LogLevel.INFO;

    LogLevelCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            var changed =
                    client.put("/api/v1/log-level", Map.of("level", level.name().toLowerCase(Locale.ROOT)));
            var table = new Table("level", changed.path("level").asString());
            admin.print(around.out(), changed, table);
            return ExitCode.OK;
        }
    }
}
