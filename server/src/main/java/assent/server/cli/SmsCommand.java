package assent.server.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// `gateway sms`: the way to the carrier. Confined to the main thread.
@Command(
        name = "sms",
        description = {
            "Says whether the running gateway is bound to the carrier, and what became of the SMS to each country since it"
                    + " started."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:bound to the carrier",
            "1:not bound, or the gateway refused",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway sms", "  gateway sms -o json"})
final class SmsCommand implements Callable<Integer> {
    private final Surroundings around;

    @Mixin
    private final AdminOptions admin = new AdminOptions();

    SmsCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (AdminClient client = admin.client(around)) {
            JsonNode sms = client.get("/api/v1/sms");
            switch (admin.output()) {
                case json -> around.out().println(sms);
                case text -> print(sms, around.out());
            }
            return sms.path("up").asBoolean() ? ExitCode.OK : ExitCode.FAILURE;
        }
    }

    private static void print(JsonNode sms, PrintWriter out) {
        var state = new Table("carrier", sms.path("up").asBoolean() ? "bound" : "not bound");
        state.row("under way", sms.path("underWay").asString());
        state.row("service number", sms.path("serviceNumber").asString());
        state.row("in a day at most", sms.path("perDayMax").asString());
        state.print(out);
        if (!sms.path("countries").isEmpty()) {
            var countries = new Table("COUNTRY", "SENT", "PROVED", "REFUSED", "UNKNOWN", "PROVED BY TEXT");
            sms.path("countries")
                    .forEach(one -> countries.row(
                            "+" + one.path("country").asString(),
                            one.path("sent").asString(),
                            one.path("proved").asString(),
                            one.path("refused").asString(),
                            one.path("unknown").asString(),
                            one.path("provedByText").asString()));
            out.println();
            countries.print(out);
        }
    }
}
