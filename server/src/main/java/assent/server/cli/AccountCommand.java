package assent.server.cli;

import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gateway account`: who may sign in to the console. Confined to the main thread.
@Command(
        name = "account",
        description =
                "Lists, makes, changes, resets and removes the accounts of people who may sign in to the console.",
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
            "  gateway account list",
            "  gateway account add vera --role viewer",
            "  gateway account role vera --role auditor",
            "  gateway account reset operator",
            "  gateway account remove vera"
        })
final class AccountCommand implements Runnable {
    private static final String PATH = "/api/v1/accounts/";

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    AccountCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected list, add, role, reset or remove");
    }

    @Command(name = "list", description = "All accounts with their roles.", mixinStandardHelpOptions = true)
    int list(@Mixin AdminOptions admin) throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode accounts = client.get("/api/v1/accounts");
            var table = new Table("NAME", "ROLE");
            accounts.forEach(one ->
                    table.row(one.path("name").asString(), one.path("role").asString()));
            admin.print(around.out(), accounts, table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "add",
            description = "Makes an account. Its password is shown this once.",
            mixinStandardHelpOptions = true)
    int add(@Mixin AdminOptions admin, @Mixin NamedRole asked) throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            return show(admin, client.put(asked.path(PATH), asked.body()));
        }
    }

    @Command(
            name = "reset",
            description = "Replaces a forgotten password. The new one is shown this once; whoever is signed in with the"
                    + " old one is signed out.",
            mixinStandardHelpOptions = true)
    int reset(@Mixin AdminOptions admin, @Parameters(paramLabel = "NAME") String name)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            return show(admin, client.post(PATH + PathPart.of(name) + "/password", Map.of()));
        }
    }

    @Command(
            name = "role",
            description = "Changes an account's role; it counts at once, also for who is signed in.",
            mixinStandardHelpOptions = true)
    int role(
            @Mixin AdminOptions admin,
            @Parameters(paramLabel = "NAME") String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "<role>",
                            description = "viewer, auditor or operator.")
                    String role)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            client.put(PATH + PathPart.of(name) + "/role", Map.of("role", role));
            var table = new Table("NAME", "ROLE");
            table.row(name, role);
            admin.print(around.out(), JsonMapper.shared().valueToTree(Map.of("name", name, "role", role)), table);
            return ExitCode.OK;
        }
    }

    private int show(AdminOptions admin, JsonNode made) {
        var table = new Table("NAME", "PASSWORD");
        table.row(made.path("name").asString(), made.path("password").asString());
        admin.print(around.out(), made, table);
        return ExitCode.OK;
    }

    @Command(
            name = "remove",
            description = "Removes an account; whoever is signed in with it is out at once.",
            mixinStandardHelpOptions = true)
    int remove(@Mixin AdminOptions admin, @Parameters(paramLabel = "NAME") String name)
            throws IOException, InterruptedException {
        return admin.delete(around, PATH + PathPart.of(name), "removed", name);
    }
}
