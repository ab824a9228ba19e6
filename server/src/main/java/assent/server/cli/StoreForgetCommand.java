package assent.server.cli;

import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.keys.KeyFile;
import assent.server.keys.KeyFileException;
import assent.server.store.StoreException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `gateway store forget-activations`: the way back for a backup whose later withdrawals nobody knows. Confined to
/// the main thread.
@Command(
        name = "forget-activations",
        description = {
            "Erases every activation, with its consent and mailbox, in an embedded store that is a backup put back."
                    + " For when store.erasure-log is lost, and nobody knows who has withdrawn since the backup: each user"
                    + " is then asked anew. Policy, audit log and counts stay. The gateway must not run."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:they are erased",
            "1:the store is no backup, or cannot be used; nothing was changed",
            "2:the command line or the configuration is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {"  gateway store forget-activations --config /etc/assent/assent.yaml"})
final class StoreForgetCommand implements Callable<Integer> {
    private final StoreOpener stores;
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

    StoreForgetCommand(StoreOpener stores, Surroundings around) {
        this.stores = stores;
        this.around = around;
    }

    @Override
    public Integer call() throws ConfigException, KeyFileException, StoreException {
        GatewayConfig config = ConfigFlags.load(spec, around).config();
        LogSetup.apply(config.log().level());
        int erased = stores.forgetActivations(config, KeyFile.open(config.data().keyFile(), false));
        around.out()
                .println(
                        switch (output) {
                            case text -> erased + " activations were erased. Their users are asked anew.";
                            case json -> JsonMapper.shared().writeValueAsString(Map.of("erased", erased));
                        });
        return ExitCode.OK;
    }
}
