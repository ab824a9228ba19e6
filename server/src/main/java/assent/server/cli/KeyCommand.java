package assent.server.cli;

import assent.protocol.consent.PublicKeyPem;
import assent.server.config.ConfigException;
import assent.server.keys.KeyFile;
import assent.server.keys.KeyFileException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `gateway key show`: the public half of the key that signs receipts and erasure certificates, for
/// auditors.
@Command(
        name = "show",
        description = {
            "Prints the public key that receipts and erasure certificates are checked with, in PEM. Reads data.key-file"
                    + " and changes nothing. Publish it where auditors find it; devices learn it at each connection."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:printed", "1:the key file cannot be used", "2:the command line or the configuration is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway key show > gateway-key.pem", "  gateway key show --config /etc/assent/assent.yaml -o json"
        })
final class KeyCommand implements Callable<Integer> {
    /// `gateway key`, which has only commands.
    @Command(
            name = "key",
            description = "Shows the gateway's public key.",
            mixinStandardHelpOptions = true,
            versionProvider = GatewayVersion.class,
            synopsisSubcommandLabel = "COMMAND",
            footerHeading = "%nExamples:%n",
            footer = "  gateway key show > gateway-key.pem")
    static final class Group {}

    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<form>",
            order = 2,
            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
    private OutputForm output = OutputForm.text;

    KeyCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() throws ConfigException, KeyFileException {
        var config = ConfigFlags.load(spec, around).config();
        var key = KeyFile.open(config.data().keyFile(), false).signing().publicKey();
        String pem = PublicKeyPem.write(key);
        switch (output) {
            case text -> around.out().print(pem);
            case json -> around.out().println(JsonMapper.shared().writeValueAsString(Map.of("publicKey", pem)));
        }
        around.out().flush();
        return ExitCode.OK;
    }
}
