package assent.server.cli;

import assent.protocol.Bytes;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.PublicKeyPem;
import assent.server.audit.AuditCheck;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `gateway audit`: what operators did. Confined to the main thread.
@Command(
        name = "audit",
        description = "Lists, exports and verifies the log of what operators did.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done; the file is whole and unchanged",
            "1:the gateway refused; the file was changed",
            "2:the command line or the configuration is wrong, or a file cannot be read",
            "3:no gateway answers"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway audit list --who alice --action policy.",
            "  gateway audit export > audit.jsonl",
            "  gateway key show > gateway-key.pem",
            "  gateway audit verify audit.jsonl --key gateway-key.pem",
            "  gateway audit verify audit.jsonl --key gateway-key.pem --known 120:5be1…"
        })
final class AuditCommand implements Runnable {
    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    AuditCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected list, export or verify");
    }

    @Command(name = "list", description = "Entries, the newest first.", mixinStandardHelpOptions = true)
    int list(
            @Mixin AdminOptions admin,
            @Option(names = "--who", paramLabel = "<account>", description = "Only this account's.") @Nullable
                    String who,
            @Option(
                            names = "--action",
                            paramLabel = "<action>",
                            description = "Only these, such as policy.change, or all that begin so: policy.")
                    @Nullable
                    String action,
            @Option(
                            names = "--from",
                            paramLabel = "<time>",
                            description = "Not before this time, such as 2027-01-31T00:00:00Z.")
                    @Nullable
                    String from,
            @Option(names = "--until", paramLabel = "<time>", description = "Only before this time.") @Nullable
                    String until,
            @Option(names = "--before", paramLabel = "<n>", description = "Only entries with lower numbers.") @Nullable
                    Long before,
            @Option(
                            names = "--count",
                            paramLabel = "<n>",
                            defaultValue = "50",
                            description = "How many, at most 500 (default: 50).")
                    int count)
            throws IOException, InterruptedException {
        var query = new StringBuilder("/api/v1/audit?count=" + count);
        add(query, "who", who);
        add(query, "action", action);
        add(query, "from", from);
        add(query, "until", until);
        add(query, "before", before);
        try (var client = admin.client(around)) {
            JsonNode entries = client.get(query.toString());
            var table = new Table("NUMBER", "AT", "WHO", "FROM", "ACTION", "SUBJECT", "RESULT");
            entries.forEach(entry -> table.row(
                    entry.path("number").asString(),
                    Table.time(entry.path("at").asString()),
                    entry.path("who").asString(),
                    entry.path("from").asString(),
                    entry.path("action").asString(),
                    entry.path("subject").asString(),
                    entry.path("result").asString()));
            admin.print(around.out(), entries, table);
            return ExitCode.OK;
        }
    }

    private static void add(StringBuilder query, String name, @Nullable Object value) {
        if (value != null) {
            query.append('&')
                    .append(name)
                    .append('=')
                    .append(URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
        }
    }

    @Command(
            name = "export",
            description = "Prints the whole log with its signed anchor, one JSON object a line, as `verify` takes it.",
            mixinStandardHelpOptions = true)
    int export(@Mixin AdminOptions admin) throws IOException, InterruptedException {
        try (var client = admin.client(around)) {
            client.lines("/api/v1/audit/export", around.out()::println);
            around.out().flush();
            return ExitCode.OK;
        }
    }

    @Command(
            name = "verify",
            description = {
                "Checks an export with the gateway's public key and nothing else: every entry in its place, none missing,"
                        + " none changed, the end signed. Asks no gateway."
            },
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "FILE", description = "The export.") Path file,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "<file>",
                            description = "The gateway's public key, PEM (from `gateway key show`, or its operator).")
                    Path key,
            @Option(
                            names = "--known",
                            paramLabel = "<n:hash>",
                            description =
                                    "The end of an earlier export, as this command printed it: it must be found again."
                                            + " So not even whoever has the gateway's key can have changed what was before.")
                    @Nullable
                    String known,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            paramLabel = "<form>",
                            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
                    OutputForm output) {
        AuditCheck.Verdict verdict;
        try (var export = new InputStreamReader(
                Files.newInputStream(around.folder().resolve(file)), StandardCharsets.UTF_8.newDecoder())) {
            verdict = AuditCheck.verify(export, key(key), known(known));
        } catch (FileSystemException e) {
            around.err().println("gateway: " + file + " cannot be read. Check the path, and who may read it.");
            return ExitCode.USAGE;
        } catch (IOException e) {
            around.err().println("gateway: " + e.getMessage());
            return ExitCode.USAGE;
        }
        return switch (verdict) {
            case AuditCheck.Verdict.Sound(var entries, var head) -> sound(output, entries, head);
            case AuditCheck.Verdict.Broken(var line, var why) -> broken(output, line, why);
        };
    }

    private int sound(OutputForm output, long entries, Bytes head) {
        switch (output) {
            case text -> {
                around.out().println("The log is whole and unchanged: " + entries + " entries, signed by the gateway.");
                around.out().println("Keep this for the next time: --known " + entries + ":" + head.hex());
            }
            case json -> {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("valid", true);
                answer.put("entries", entries);
                answer.put("head", head.hex());
                around.out().println(JsonMapper.shared().writeValueAsString(answer));
            }
        }
        return ExitCode.OK;
    }

    private int broken(OutputForm output, long line, String why) {
        switch (output) {
            case text -> around.out().println("The log was changed. Line " + line + ": " + why + ".");
            case json -> {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("valid", false);
                answer.put("line", line);
                answer.put("why", why);
                around.out().println(JsonMapper.shared().writeValueAsString(answer));
            }
        }
        return ExitCode.FAILURE;
    }

    private PublicKey key(Path file) throws IOException {
        String pem;
        try {
            pem = Files.readString(around.folder().resolve(file));
        } catch (IOException e) {
            throw new IOException(file + " cannot be read. Check the path, and who may read it.", e);
        }
        try {
            return PublicKeyPem.read(pem);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    file + " is no key: " + e.getMessage() + ". `gateway key show` prints the gateway's.", e);
        }
    }

    private static Optional<AuditCheck.Known> known(@Nullable String text) throws IOException {
        if (text == null) {
            return Optional.empty();
        }
        if (!text.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
            throw new IOException("--known is " + text
                    + "; expected a number, a colon and 64 hexadecimal digits, as this command prints them.");
        }
        int colon = text.indexOf(':');
        return Optional.of(new AuditCheck.Known(
                Long.parseLong(text.substring(0, colon)), Bytes.fromHex(text.substring(colon + 1))));
    }
}
