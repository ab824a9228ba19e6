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

/// `gateway devices`: single devices, for their users. A number is read from standard input, since other users of the
/// machine can read command lines. Confined to the main thread.
@Command(
        name = "devices",
        description =
                "Finds the device that has a number, signs it out, and exports or erases what is held at its user's request.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:nothing is held, or the gateway refused, and why is on standard error",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway devices find                 then type the number",
            "  gateway devices find -o json < number.txt",
            "  gateway devices show 0f3a…",
            "  gateway devices sign-out 0f3a…",
            "  gateway devices export 0f3a… --reason \"request 12\" > export.json",
            "  gateway devices erase 0f3a… --reason \"request 12\""
        })
final class DevicesCommand implements Runnable {
    private static final String PATH = "/api/v1/devices/";

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    DevicesCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected find, show, sign-out, export or erase");
    }

    @Command(
            name = "find",
            description = "Reads a number from standard input, and shows the device that has it. Audited, without the"
                    + " number. Exit code 1 if nothing is held about it.",
            mixinStandardHelpOptions = true)
    int find(@Mixin AdminOptions admin) throws IOException, InterruptedException {
        String number = around.typed()
                .read("Number, in international form:")
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "no number on standard input; expected one such as +919876543210. Type it, or pipe it in"));
        try (var client = admin.client(around)) {
            JsonNode found = client.post(PATH + "search", Map.of("number", number));
            Table table = table();
            found.forEach(one -> row(table, one));
            if (found.isEmpty()) {
                around.err().println("gateway: nothing is held about this number: it is not activated");
            }
            admin.print(around.out(), found, table);
            return found.isEmpty() ? ExitCode.FAILURE : ExitCode.OK;
        }
    }

    @Command(
            name = "show",
            description = "Shows one device again, as it is now, by its id.",
            mixinStandardHelpOptions = true)
    int show(@Mixin AdminOptions admin, @Parameters(paramLabel = "DEVICE") String device)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode one = client.get(PATH + PathPart.of(device));
            Table table = table();
            row(table, one);
            admin.print(around.out(), one, table);
            return ExitCode.OK;
        }
    }

    private static Table table() {
        return new Table("DEVICE", "NUMBER", "ACTIVATED", "NOTICE", "SIGNED IN", "WAITING");
    }

    private static void row(Table table, JsonNode device) {
        table.row(
                device.path("deviceId").asString(),
                device.path("number").asString(),
                Table.time(device.path("activatedAt").asString()),
                device.path("noticeVersion").asString(),
                where(device),
                Integer.toString(device.path("waitingTexts").asInt()));
    }

    private static String where(JsonNode device) {
        return device.path("signedIn").asBoolean() ? device.path("gateway").asString("here") : "no";
    }

    @Command(
            name = "sign-out",
            description = "Ends the device's session, at whichever gateway; it may sign in again.",
            mixinStandardHelpOptions = true)
    int signOut(@Mixin AdminOptions admin, @Parameters(paramLabel = "DEVICE") String device)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode answer = client.post(PATH + PathPart.of(device) + "/sign-out", Map.of());
            String gateway = answer.path("gateway").asString("");
            String said = !answer.path("signedOut").asBoolean()
                    ? "it was not signed in"
                    : gateway.isEmpty() ? "signed out" : "gateway " + gateway + " ends its session";
            var table = new Table(said);
            admin.print(around.out(), answer, table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "export",
            description = "Prints what is held about the device as JSON, for its user: as the phone's own export, with"
                    + " numbers masked and without texts. Audited.",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin AdminOptions admin,
            @Parameters(paramLabel = "DEVICE") String device,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "<text>",
                            description = "Stands in the audit log, such as the number of the user's request.")
                    String reason)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            around.out().print(client.postForText(PATH + PathPart.of(device) + "/export", Map.of("reason", reason)));
            around.out().flush();
            return ExitCode.OK;
        }
    }

    @Command(
            name = "erase",
            description = "Erases everything that is held about the device's number, and prints the certificate for its"
                    + " user. Cannot be undone.",
            mixinStandardHelpOptions = true)
    int erase(
            @Mixin AdminOptions admin,
            @Parameters(paramLabel = "DEVICE") String device,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "<text>",
                            description = "Stands in the audit log, such as the number of the user's request.")
                    String reason)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode answer = client.post(PATH + PathPart.of(device) + "/erase", Map.of("reason", reason));
            admin.print(
                    around.out(),
                    answer,
                    new Table(answer.path("certificate").asString().strip()));
            return ExitCode.OK;
        }
    }
}
