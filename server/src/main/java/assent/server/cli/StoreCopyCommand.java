package assent.server.cli;

import assent.server.config.ConfigException;
import assent.server.config.GatewayConfig;
import assent.server.keys.KeyFile;
import assent.server.keys.KeyFileException;
import assent.server.keys.Keys;
import assent.server.store.StoreException;
import assent.server.store.copy.RestingStore;
import assent.server.store.copy.StoreCopy;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/// `gateway store copy`: moves an installation to another store. Confined to the main thread.
@Command(
        name = "copy",
        description = {
            "Copies a store into an empty one and compares the two. Stop every gateway that uses one of them first; a"
                    + " data folder that is in use is refused. The copy can be interrupted at any moment and started again with"
                    + " the same options: it goes on where it was. The source is not changed. Both stores belong to the"
                    + " keys in data.key-file."
        },
        mixinStandardHelpOptions = true,
        versionProvider = GatewayVersion.class,
        abbreviateSynopsis = true,
        sortOptions = false,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:both stores hold the same",
            "1:not so, or a store cannot be used",
            "2:the command line or the configuration is wrong"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  gateway store copy --from rocks:/var/lib/assent/data --to redis://10.0.0.5:6379",
            "  gateway store copy --from redis://10.0.0.5:6379 --to rocks:/var/lib/assent-back -o json"
        })
final class StoreCopyCommand implements Callable<Integer> {
    /// `gateway store`, which has only commands.
    @Command(
            name = "store",
            description = "Moves what a gateway keeps, and makes backups of it.",
            mixinStandardHelpOptions = true,
            versionProvider = GatewayVersion.class,
            synopsisSubcommandLabel = "COMMAND",
            footerHeading = "%nExamples:%n",
            footer = {
                "  gateway store backup",
                "  gateway store copy --from rocks:/var/lib/assent/data --to redis://10.0.0.5:6379",
                "  gateway store forget-activations --config /etc/assent/assent.yaml"
            })
    static final class Group {}

    private final StoreOpener stores;
    private final Surroundings around;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "<store>",
            order = 2,
            description = "rocks:FOLDER, a gateway's data folder, or redis://HOST:PORT[,HOST:PORT…].")
    private String from = "";

    @Option(
            names = "--to",
            required = true,
            paramLabel = "<store>",
            order = 3,
            description = "The same forms; an empty store, or one in which this copy was begun.")
    private String to = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "<form>",
            order = 4,
            description = "What the answer is for: ${COMPLETION-CANDIDATES} (default: text).")
    private OutputForm output = OutputForm.text;

    StoreCopyCommand(StoreOpener stores, Surroundings around) {
        this.stores = stores;
        this.around = around;
    }

    @Override
    public Integer call() throws ConfigException, KeyFileException, StoreException {
        StoreAddress source = address("--from", from);
        StoreAddress target = address("--to", to);
        if (source.equals(target)) {
            throw new ParameterException(
                    spec.commandLine(), "--from and --to are both '" + from + "'; expected two stores");
        }
        GatewayConfig config = ConfigFlags.load(spec, around).config();
        LogSetup.apply(config.log().level());
        Keys keys = KeyFile.open(config.data().keyFile(), false);
        var progress = new CopyProgress(around.err(), Terminal.isAt(Terminal.ERROR));
        try (RestingStore first = stores.open(source, config, keys, StoreOpener.Use.SOURCE);
                RestingStore second = stores.open(target, config, keys, StoreOpener.Use.TARGET)) {
            print(new StoreCopy(first, second, keys, around.clock(), progress).run());
        } finally {
            progress.end();
        }
        return ExitCode.OK;
    }

    private StoreAddress address(String option, String text) {
        try {
            return StoreAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }

    private void print(StoreCopy.Result result) {
        Map<String, Long> rows = new LinkedHashMap<>();
        new TreeMap<>(result.rows())
                .forEach((kind, count) -> rows.put(kind.name().toLowerCase(Locale.ROOT), count));
        switch (output) {
            case text -> {
                rows.forEach(
                        (kind, count) -> around.out().println(String.format(Locale.ROOT, "%-12s %,d", kind, count)));
                around.out().println("digest       " + result.digest());
                around.out().println("Both stores hold the same.");
            }
            case json ->
                around.out()
                        .println(JsonMapper.shared()
                                .writeValueAsString(Map.of(
                                        "same",
                                        true,
                                        "rows",
                                        rows,
                                        "digest",
                                        result.digest(),
                                        "resumed",
                                        result.wasResumed())));
        }
    }
}
