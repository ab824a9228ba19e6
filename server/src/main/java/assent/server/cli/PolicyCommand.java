package assent.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/// `gateway policy`: what operators decide while gateways run. Confined to the main thread.
@Command(
        name = "policy",
        description = {
            "Shows and changes the policy: whom activation is offered to, notices, limits of messages and SMS."
                    + " A change holds within a second on every gateway."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:the gateway refused; a policy that was changed meanwhile is one reason",
            "2:the command line or the configuration is wrong",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway policy show",
            "  gateway policy show 3 > policy.yaml",
            "  gateway policy set --value activation.countries.91.state=PAUSED --reason 'carrier outage'",
            "  gateway policy set policy.yaml --dry-run",
            "  gateway policy set policy.yaml --reason 'new notice'",
            "  gateway policy diff --from 3",
            "  gateway policy history",
            "  gateway policy restore 3 --reason 'back to normal'",
            "  gateway policy invite --count 20 --last-day 2027-01-31"
        })
final class PolicyCommand implements Runnable {
    private static final String POLICY = "/api/v1/policy";
    private static final Pattern SHOWN = Pattern.compile("# version ([0-9]{1,18}), by ");

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    PolicyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected show, set, diff, history, restore or invite");
    }

    @Command(
            name = "show",
            description = "Prints the policy as YAML, as `set` takes it; with -o json also who made it, when and why.",
            mixinStandardHelpOptions = true)
    int show(
            @Mixin AdminOptions admin,
            @Parameters(paramLabel = "VERSION", arity = "0..1", description = "An earlier version.") @Nullable
                    Long version)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode policy = client.get(version == null ? POLICY : POLICY + "/versions/" + version);
            switch (admin.output()) {
                case json -> around.out().println(policy);
                case text -> {
                    around.out()
                            .println("# version " + policy.path("version").asLong() + ", by "
                                    + policy.path("author").asString() + " at "
                                    + policy.path("at").asString() + ": "
                                    + policy.path("reason").asString());
                    around.out().print(policy.path("yaml").asString());
                    around.out().flush();
                }
            }
            return ExitCode.OK;
        }
    }

    @Command(
            name = "set",
            description = {
                "Changes the policy to what a file says, or single values of it. Prints what changed. Whatever a file"
                        + " does not mention has its default. Refused if somebody changed the policy meanwhile."
            },
            mixinStandardHelpOptions = true)
    int set(
            @Mixin AdminOptions admin,
            @Parameters(paramLabel = "FILE", arity = "0..1", description = "The whole policy, YAML or JSON.") @Nullable
                    Path file,
            @Option(
                            names = "--value",
                            paramLabel = "<path=value>",
                            description =
                                    "One value, such as sms.per-day-max=500; a list as [A,B]; nothing after the = for"
                                            + " the default. May be repeated.")
                    @Nullable
                    List<String> values,
            @Option(
                            names = "--expected",
                            paramLabel = "<n>",
                            description =
                                    "The version that the change was made from (default: what the file's first line"
                                            + " says, as `show` writes it, else the one that holds now).")
                    @Nullable
                    Long expected,
            @Option(names = "--reason", paramLabel = "<text>", description = "Why; kept with the change.") @Nullable
                    String reason,
            @Option(names = "--dry-run", description = "Only print what would change.") boolean dryRun)
            throws IOException, InterruptedException {
        if ((file == null) == (values == null)) {
            throw new ParameterException(spec.commandLine(), "expected either a FILE or --value");
        }
        if (reason == null && !dryRun) {
            throw new ParameterException(spec.commandLine(), "expected --reason, or --dry-run");
        }
        try (var client = admin.client(around)) {
            JsonNode now = client.get(POLICY);
            String document = file != null
                    ? Files.readString(around.folder().resolve(file))
                    : PolicyValues.set(now.path("policy"), values == null ? List.of() : values);
            long newest = now.path("version").asLong();
            long from = expected != null
                    ? expected
                    : file != null ? madeFrom(document).orElse(newest) : newest;
            JsonNode changes = client.post(POLICY + "/check", Map.of("document", document));
            if (from != newest) {
                around.err()
                        .println("gateway: this change was made from version " + from + ", and version " + newest
                                + " holds. `gateway policy diff --from " + from
                                + "` shows what came between; add it, or"
                                + " overrule it with --expected " + newest);
            }
            if (dryRun || reason == null) {
                print(admin, changes, changes.path("changes"));
                return ExitCode.OK;
            }
            JsonNode changed =
                    client.put(POLICY, Map.of("expected", Long.toString(from), "reason", reason, "document", document));
            print(admin, changed, changes.path("changes"));
            around.err().println("Version " + changed.path("version").asLong() + " of the policy holds.");
            return ExitCode.OK;
        }
    }

    /// The version that `show` wrote into the file's first line, so that whoever edits it does not
    /// undo what somebody else changed meanwhile.
    private static OptionalLong madeFrom(String document) {
        var first = SHOWN.matcher(document);
        return first.lookingAt() ? OptionalLong.of(Long.parseLong(first.group(1))) : OptionalLong.empty();
    }

    private void print(AdminOptions admin, JsonNode answer, JsonNode changes) {
        var table = new Table("VALUE", "BEFORE", "AFTER");
        changes.forEach(change -> table.row(
                change.path("path").asString(),
                shortened(change.path("before").asString("-")),
                shortened(change.path("after").asString("-"))));
        admin.print(around.out(), answer, table);
    }

    private static String shortened(String value) {
        return value.length() <= 60 ? value : value.substring(0, 59) + "…";
    }

    @Command(name = "diff", description = "What changed from one version to another.", mixinStandardHelpOptions = true)
    int diff(
            @Mixin AdminOptions admin,
            @Option(names = "--from", paramLabel = "<n>", description = "Default: the one before --to.") @Nullable
                    Long from,
            @Option(names = "--to", paramLabel = "<n>", description = "Default: the newest.") @Nullable Long to)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode diff = client.get(
                    POLICY + "/diff?" + (from == null ? "" : "from=" + from + "&") + (to == null ? "" : "to=" + to));
            print(admin, diff, diff.path("changes"));
            return ExitCode.OK;
        }
    }

    @Command(name = "history", description = "Versions, the newest first.", mixinStandardHelpOptions = true)
    int history(
            @Mixin AdminOptions admin,
            @Option(
                            names = "--count",
                            paramLabel = "<n>",
                            defaultValue = "20",
                            description = "How many, at most 200 (default: 20).")
                    int count,
            @Option(names = "--before", paramLabel = "<n>", description = "Only older ones than this version.")
                    @Nullable
                    Long before)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode versions =
                    client.get(POLICY + "/versions?count=" + count + (before == null ? "" : "&before=" + before));
            var table = new Table("VERSION", "AT", "AUTHOR", "REASON");
            versions.forEach(one -> table.row(
                    one.path("version").asString(),
                    Table.time(one.path("at").asString()),
                    one.path("author").asString(),
                    shortened(one.path("reason").asString()
                            + (one.has("restores")
                                    ? " (restores " + one.path("restores").asString() + ")"
                                    : ""))));
            admin.print(around.out(), versions, table);
            return ExitCode.OK;
        }
    }

    @Command(
            name = "restore",
            description = "Lets an earlier version's policy hold again, as a new version.",
            mixinStandardHelpOptions = true)
    int restore(
            @Mixin AdminOptions admin,
            @Parameters(paramLabel = "VERSION") long version,
            @Option(
                            names = "--reason",
                            required = true,
                            paramLabel = "<text>",
                            description = "Why; kept with the change.")
                    String reason)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            long now = client.get(POLICY).path("version").asLong();
            JsonNode diff = client.get(POLICY + "/diff?from=" + now + "&to=" + version);
            JsonNode changed = client.post(
                    POLICY + "/versions/" + version + "/restore",
                    Map.of("expected", Long.toString(now), "reason", reason));
            print(admin, changed, diff.path("changes"));
            around.err().println("Version " + changed.path("version").asLong() + " of the policy holds.");
            return ExitCode.OK;
        }
    }

    @Command(
            name = "invite",
            description =
                    "Makes codes that let one activation each in while the state is INVITE_ONLY. They are shown this"
                            + " once.",
            mixinStandardHelpOptions = true)
    int invite(
            @Mixin AdminOptions admin,
            @Option(names = "--count", paramLabel = "<n>", defaultValue = "1", description = "How many (default: 1).")
                    int count,
            @Option(
                            names = "--last-day",
                            required = true,
                            paramLabel = "<date>",
                            description = "The last day, by UTC, on which they are good, such as 2027-01-31.")
                    String lastDay)
            throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            JsonNode made =
                    client.post("/api/v1/invitations", Map.of("count", Integer.toString(count), "lastDay", lastDay));
            switch (admin.output()) {
                case json -> around.out().println(made);
                case text -> made.path("codes").forEach(code -> around.out().println(code.asString()));
            }
            return ExitCode.OK;
        }
    }
}
