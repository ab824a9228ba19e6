package assent.server.cli;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `gateway reload`: what SIGHUP does, with an answer. Confined to the main thread.
@Command(
        name = "reload",
        description = {
            "Has the running gateway read its configuration and its certificate again. What cannot be used changes"
                    + " nothing, and the answer says why."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:taken over",
            "1:everything stays as it was, and why is on standard error",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway reload", "  gateway reload -o json"})
final class ReloadCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    ReloadCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode reloaded = client.post("/api/v1/reload", Map.of());
            var table = new Table("IN EFFECT", "AT NEXT START");
            table.row(paths(reloaded.path("inEffect")), paths(reloaded.path("atNextStart")));
            admin.print(around.out(), reloaded, table);
            return ExitCode.OK;
        }
    }

    private static String paths(JsonNode list) {
        String paths = StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(", "));
        return paths.isEmpty() ? "nothing" : paths;
    }
}
