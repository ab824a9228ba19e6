package assent.server.cli;

import assent.protocol.consent.ConsentEvidence.Check;
import assent.protocol.consent.PublicKey;
import assent.protocol.consent.PublicKeyPem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `gateway receipt`: what anybody can do with a consent receipt, offline.
@Command(
        name = "receipt",
        description = "Checks consent receipts, offline.",
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = "  gateway receipt verify receipt.json --key gateway-key.pem")
final class ReceiptCommand {
    /// A longer file is no receipt: three documents of at most 24 KiB, twice.
    private static final int FILE_BYTES_MAX = 256 * 1024;

    private final Surroundings around;

    ReceiptCommand(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "verify",
            description = {
                "Checks a consent receipt in JSON with the gateway's public key and nothing else: both signatures, the"
                        + " notice's hash, and that every field says what was signed. Prints what was checked."
            },
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "%nExit codes:%n",
            exitCodeList = {
                "0:every check passed",
                "1:a check failed: the file proves nothing",
                "2:the command line is wrong, or a file cannot be read"
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  gateway key show > gateway-key.pem",
                "  gateway receipt verify receipt.json --key gateway-key.pem"
            })
    int verify(
            @Parameters(paramLabel = "FILE", description = "The receipt.") Path file,
            @Option(
                            names = "--key",
                            required = true,
                            paramLabel = "<file>",
                            description = "The gateway's public key, PEM (from `gateway key show`, or its operator).")
                    Path key,
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            paramLabel = "<form>",
                            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
                    OutputForm output) {
        List<Check> checks;
        try {
            checks = ReceiptFile.check(read(file), key(key));
        } catch (IOException e) {
            around.err().println("gateway: " + e.getMessage());
            return ExitCode.USAGE;
        }
        boolean isProven = checks.stream().allMatch(Check::isPassed);
        switch (output) {
            case text -> print(checks, isProven);
            case json -> around.out().println(json(checks, isProven));
        }
        return isProven ? ExitCode.OK : ExitCode.FAILURE;
    }

    private PublicKey key(Path key) throws IOException {
        String pem = read(key);
        try {
            return PublicKeyPem.read(pem);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    key + " is no key: " + e.getMessage() + ". `gateway key show` prints the gateway's.", e);
        }
    }

    private String read(Path file) throws IOException {
        Path resolved = around.folder().resolve(file);
        try {
            if (Files.size(resolved) > FILE_BYTES_MAX) {
                throw new IOException(file + " has " + Files.size(resolved) + " bytes, expected at most "
                        + FILE_BYTES_MAX + ". Is this the right file?");
            }
            return new String(Files.readAllBytes(resolved), StandardCharsets.UTF_8);
        } catch (java.nio.file.FileSystemException e) {
            throw new IOException(file + " cannot be read. Check the path, and who may read it.", e);
        }
    }

    private void print(List<Check> checks, boolean isProven) {
        checks.forEach(check -> around.out().println((check.isPassed() ? "passed  " : "FAILED  ") + check.what()));
        around.out()
                .println(
                        isProven
                                ? "The receipt is genuine: this device's user approved this notice, and this gateway confirmed it."
                                : "The receipt proves nothing.");
    }

    private static String json(List<Check> checks, boolean isProven) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("valid", isProven);
        answer.put(
                "checks",
                checks.stream()
                        .map(check -> Map.of("what", check.what(), "passed", check.isPassed()))
                        .toList());
        return JsonMapper.shared().writeValueAsString(answer);
    }
}
