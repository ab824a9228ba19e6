package assent.server.cli;

import assent.server.config.LogLevel;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/// `gateway log-level`: how much a running gateway logs. Confined to the main thread.
@Command(
        name = "log-level",
        description = {
            "Says how much the running gateway logs, or changes it until it reloads or starts again. No level shows"
                    + " personal data."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:said, or changed",
            "1:not changed, and why is on standard error",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway log-level", "  gateway log-level debug"})
final class LogLevelCommand implements Callable<Integer> {
    private static final String PATH = "/api/v1/log-level";

    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Parameters(
            paramLabel = "LEVEL",
            arity = "0..1",
            description = "One of error, warn, info, debug, trace; without one nothing is changed.")
    private @Nullable LogLevel level;

    LogLevelCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode now = level == null
                    ? client.get(PATH)
                    : client.put(PATH, Map.of("level", level.name().toLowerCase(Locale.ROOT)));
            var table = new Table("level", now.path("level").asString());
            admin.print(around.out(), now, table);
            return ExitCode.OK;
        }
    }
}
