package assent.server.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `gateway drain`: takes a running gateway out of service. Confined to the main thread.
@Command(
        name = "drain",
        description =
                "Takes a running gateway out of service: it says that it is not ready, its phones go elsewhere, what"
                        + " it has accepted is written, and the process ends. Returns as soon as that has begun.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it drains",
            "1:it refused, such as because it drains already",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = "  gateway drain --reason \"update to 1.2\"")
final class DrainCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Option(names = "--reason", required = true, paramLabel = "<text>", description = "Stands in the audit log.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reason;

    DrainCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode answer = client.post("/api/v1/drain", Map.of("reason", reason));
            var table = new Table("the gateway drains and ends when its phones are gone");
            admin.print(around.out(), answer, table);
            return ExitCode.OK;
        }
    }
}
