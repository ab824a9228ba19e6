package assent.server.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `gateway status`: how a running gateway is. Confined to the main thread.
@Command(
        name = "status",
        description = "Says how a running gateway is: whether devices should be sent to it, and its figures now.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the gateway is ready",
            "1:it is not, or it refused",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway status", "  gateway status -o json --data-folder /var/lib/assent"})
final class StatusCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    StatusCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode status = client.get("/api/v1/status");
            switch (admin.output()) {
                case json -> around.out().println(status);
                case text -> print(status);
            }
            return status.path("ready").asBoolean() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private void print(JsonNode status) {
        var table = new Table("gateway", status.path("name").asString());
        table.row("version", status.path("version").asString());
        table.row("devices", status.path("address").asString());
        table.row("since", Table.time(status.path("startedAt").asString()));
        table.row("ready", status.path("ready").asBoolean() ? "yes" : "no");
        status.path("checks")
                .forEach(check -> table.row(
                        "- " + check.path("name").asString(),
                        check.path("isGood").asBoolean()
                                ? "good"
                                : check.path("detail").asString()));
        status.path("figures")
                .properties()
                .forEach(one -> table.row(
                        one.getKey().replace('_', ' '),
                        Long.toString(Math.round(one.getValue().asDouble()))));
        table.print(around.out());
    }
}
