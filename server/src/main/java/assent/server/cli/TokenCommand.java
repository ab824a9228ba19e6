package assent.server.cli;

import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `gateway token`: programs that may ask the admin API. Confined to the main thread.
@Command(
        name = "token",
        description = "Lists, makes and revokes the API tokens of programs.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the gateway refused, and why is on standard error",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway token list",
            "  gateway token add prometheus --role viewer",
            "  gateway token revoke prometheus"
        })
final class TokenCommand implements Runnable {
    private static final String PATH = "/api/v1/tokens/";

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    TokenCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected list, add or revoke");
    }

    @Command(name = "list", description = "All tokens, without the secrets.", mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions admin) throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode tokens = client.get("/api/v1/tokens");
            var table = new Table("NAME", "ROLE", "CREATED BY", "CREATED AT");
            tokens.forEach(one -> table.row(
                    one.path("name").asString(),
                    one.path("role").asString(),
                    one.path("createdBy").asString(),
                    Table.time(one.path("createdAt").asString())));
            admin.print(around.out(), tokens, table);
            return ExitCode.OK;
        }
    }

    @Command(name = "add", description = "Makes a token. It is shown this once.", mixinStandardHelpOptions = true)
    int add(@Mixin AdminOptions admin, @Mixin NamedRole asked) throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode made = client.put(asked.path(PATH), asked.body());
            var table = new Table("NAME", "TOKEN");
            table.row(made.path("name").asString(), made.path("token").asString());
            admin.print(around.out(), made, table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "revoke",
            description = "Revokes a token; what comes with it is refused at once.",
            mixinStandardHelpOptions = true)
    int revoke(@Mixin AdminOptions admin, @Parameters(paramLabel = "NAME") String name)
            throws IOException, InterruptedException {
        return admin.delete(around, PATH + PathPart.of(name), "revoked", name);
    }
}
