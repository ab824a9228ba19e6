package assent.server.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `gateway drain`: takes a running gateway out of service. Confined to the main thread.
@Command(
        name = "drain",
        description =
                "Takes this gateway, or another on the same store, out of service: it says that it is not ready, its phones go elsewhere, what"
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
        footer = {
            "  gateway drain --reason \"update to 1.2\"",
            "  gateway gateways",
            "  gateway drain --gateway 6d1f… --reason \"update to 1.2\""
        })
final class DrainCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    @Option(names = "--reason", required = true, paramLabel = "<text>", description = "Stands in the audit log.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String reason;

    @Option(
            names = "--gateway",
            paramLabel = "<id>",
            description = "Another one's id, as `gateway gateways` lists it; without it the gateway that is asked.")
    private @Nullable String gateway;

    DrainCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            String path = gateway == null ? "/api/v1/drain" : "/api/v1/gateways/" + PathPart.of(gateway) + "/drain";
            JsonNode answer = client.post(path, Map.of("reason", reason));
            var table = new Table(
                    answer.path("draining").asBoolean()
                            ? "the gateway drains and ends when its phones are gone"
                            : "the gateway was told, and has not said yet that it drains");
            admin.print(around.out(), answer, table);
            return ExitCode.OK;
        }
    }
}
