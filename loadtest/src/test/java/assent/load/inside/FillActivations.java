package assent.load.inside;

import assent.load.phones.PhoneBook;
import assent.protocol.DeviceId;
import assent.protocol.consent.Notice;
import assent.server.config.DataConfig;
import assent.server.consent.Receipts;
import assent.server.keys.KeyFile;
import assent.server.keys.KeyFileException;
import assent.server.keys.Keys;
import assent.server.store.Store;
import assent.server.store.StoreException;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Adds activations to what a stopped gateway of the load test has stored. Confined to the main thread.
@Command(
        name = "fill-activations",
        mixinStandardHelpOptions = true,
        description = "Brings the gateway's data in a state folder of the load test to COUNT activations of made-up"
                + " numbers, each with its consent and receipt. The gateway must not run, and must have one activated"
                + " phone at least, whose notice these approve.")
public final class FillActivations implements Callable<Integer> {
    private static final int APPROVALS = 4_096;
    private static final int INDIA = 91;
    private static final int MIB = 1 << 20;

    /// More memory than a gateway has: what is written out is larger, and is merged less often.
    private static final RocksConfig STORE = new RocksConfig(
            10_000, 16 * MIB, 10_000, 10_000, 256L * MIB, 512L * MIB, 1_024L * MIB, Duration.ofMinutes(1));

    @Option(names = "--state", required = true, paramLabel = "DIR", description = "As in the load test.")
    private Path state = Path.of("");

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "That make them, beside the one that stores them (default ${DEFAULT-VALUE}).")
    private int threads = 1;

    @Option(
            names = "--sample",
            paramLabel = "N",
            description = "Of them to be checked afterwards, as an auditor would (default ${DEFAULT-VALUE}).")
    private int sample = 1_000;

    @Parameters(paramLabel = "COUNT", description = "How many there are to be, those included that are there.")
    private int count;

    public static void main(String[] arguments) {
        var line = new CommandLine(new FillActivations());
        line.setExecutionExceptionHandler((thrown, command, _) -> {
            if (thrown instanceof StoreException || thrown instanceof KeyFileException) {
                command.getErr().println("fill-activations: " + thrown.getMessage());
                return 1;
            }
            throw thrown;
        });
        System.exit(line.execute(arguments));
    }

    @Override
    public Integer call() throws StoreException, KeyFileException, InterruptedException {
        Path folder = state.resolve("gateway");
        var data = new DataConfig(folder, folder.resolve("keys.txt"));
        var phones = new PhoneBook(state.resolve("phones.tsv")).read();
        if (phones.isEmpty()) {
            say(state + " has no activated phone: let the load test run with it first");
            return 1;
        }
        Keys keys = KeyFile.open(data.keyFile(), false);
        try (RocksStore store = RocksStore.open(data.storeFolder(), keys, STORE)) {
            fill(store, keys, noticeOf(store, phones.getFirst().deviceId()));
            say("waiting until the store has put its files in order");
            new Calm(data.storeFolder()).await();
            int proven = new ReceiptSample(store, keys.signing().publicKey()).proven(sample, count, new Random());
            say(proven + " of " + sample + " taken at random are proven by consent and receipt");
            return proven == sample ? 0 : 1;
        }
    }

    /// The notice that this device's user has approved.
    static Notice noticeOf(Store store, DeviceId device) throws StoreException {
        var activation = store.activation(device)
                .orElseThrow(() -> new StoreException("The store does not know the state folder's first phone."));
        return Notice.parse(store.consent(activation.consentId()).orElseThrow().notice());
    }

    private void fill(Store store, Keys keys, Notice notice) throws StoreException, InterruptedException {
        var clock = Clock.systemUTC();
        var approvals = new Approvals(notice, APPROVALS, INDIA, clock.instant());
        var order = new FillOrder(keys, count);
        var progress = new FillProgress(count, this::say);
        try (var makers = Executors.newFixedThreadPool(threads)) {
            var maker = new ActivationMaker(new Receipts(keys.signing()), approvals, order, clock);
            int added = new ActivationFiller(store, maker, makers).fill(progress::reached);
            say(added + " of " + count + " were missing and are there now");
        }
    }

    private void say(String what) {
        System.err.println("fill-activations: " + what);
    }
}
