package assent.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `gateway gateways`: all gateways on one store. Confined to the main thread.
@Command(
        name = "gateways",
        description = "Lists the gateways on the running gateway's store: with Redis there may be several.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:listed",
            "1:the store does not say which there are",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway gateways", "  gateway gateways -o json | jq -r '.[] | select(.ready) | .address'"})
final class GatewaysCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    GatewaysCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode gateways = client.get("/api/v1/gateways");
            var table = new Table(
                    "ID", "NAME", "DEVICES CONNECT TO", "STATE", "SIGNED IN", "CONNECTED", "SINCE", "VERSION");
            gateways.forEach(one -> table.row(
                    one.path("id").asString(),
                    one.path("name").asString(),
                    one.path("address").asString(),
                    state(one),
                    Integer.toString(one.path("sessions").asInt()),
                    Integer.toString(one.path("connections").asInt()),
                    Table.time(one.path("startedAt").asString()),
                    one.path("version").asString()));
            admin.print(around.out(), gateways, table);
            return ExitCode.OK;
        }
    }

    private static String state(JsonNode gateway) {
        if (gateway.path("lost").asBoolean()) {
            return "no word for " + gateway.path("silentForSeconds").asInt() + " s";
        }
        if (gateway.path("draining").asBoolean()) {
            return "draining";
        }
        return gateway.path("ready").asBoolean() ? "ready" : "not ready";
    }
}
