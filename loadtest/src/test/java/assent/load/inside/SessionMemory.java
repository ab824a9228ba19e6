package assent.load.inside;

import assent.protocol.consent.Notice;
import assent.server.consent.Receipts;
import assent.server.keys.Keys;
import assent.server.policy.Policy;
import assent.server.store.StoreException;
import assent.server.store.rocks.RocksConfig;
import assent.server.store.rocks.RocksStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Heap for each of many sessions. Confined to the main thread.
@Command(
        name = "session-memory",
        mixinStandardHelpOptions = true,
        description = "Signs many devices in, in one process and without sockets: real sessions with a real store, and"
                + " nothing of TLS, codec and channel. Prints the heap after a collection, and what that is for each"
                + " session. The activations are made for it, in a folder that goes with it.")
public final class SessionMemory implements Callable<Integer> {
    private static final int APPROVALS = 1_024;
    private static final int INDIA = 91;
    private static final int LOOPS = 2;

    /// Signed in first and gone before anything is measured, so that what comes once is not a session's. Few, since
    /// their timers keep them for a minute.
    private static final int FIRST = 100;

    @Option(
            names = "--sessions",
            split = ",",
            paramLabel = "N",
            description = "At which counts, rising (default 100000,300000,1000000).")
    private List<Integer> counts = List.of(100_000, 300_000, 1_000_000);

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "Where the store's folder is made, about 2 KB for each session (default: the temporary"
                    + " folder).")
    private @Nullable Path parent;

    /// @param bytes of heap, after a collection
    record Measured(int sessions, long bytes) {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SessionMemory()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException, StoreException, InterruptedException {
        Path folder = parent == null
                ? Files.createTempDirectory("assent-sessions")
                : Files.createTempDirectory(parent, "assent-sessions");
        try {
            table(measure(folder, counts, what -> System.err.println("session-memory: " + what)))
                    .forEach(System.out::println);
        } finally {
            delete(folder);
        }
        return 0;
    }

    /// @param counts rising
    /// @return first without sessions, then at each count
    static List<Measured> measure(Path folder, List<Integer> counts, Consumer<String> say)
            throws StoreException, InterruptedException {
        Keys keys = Keys.ephemeral();
        Notice notice = Policy.builtIn().notice().onShow().in("en");
        var approvals =
                new Approvals(notice, APPROVALS, INDIA, Clock.systemUTC().instant());
        int most = counts.getLast() + FIRST;
        var measured = new ArrayList<Measured>();
        try (RocksStore store = RocksStore.open(folder.resolve("store"), keys, RocksConfig.DEFAULTS)) {
            fill(store, keys, approvals, most, say);
            try (var gateway = new SimulatedGateway(store, keys, LOOPS)) {
                var phones = new SimulatedPhones(gateway, store, approvals);
                phones.signInUntil(FIRST).forEach(SimulatedConnection::vanish);
                gateway.awaitQuiet();
                measured.add(new Measured(gateway.sessions(), heapBytes()));
                for (int count : counts) {
                    say.accept("signing in, until there are " + count + " sessions");
                    phones.signInUntil(FIRST + count);
                    measured.add(new Measured(gateway.sessions(), heapBytes()));
                }
            }
        }
        return measured;
    }

    private static void fill(RocksStore store, Keys keys, Approvals approvals, int count, Consumer<String> say)
            throws StoreException, InterruptedException {
        var order = new FillOrder(keys, count);
        var progress = new FillProgress(count, what -> say.accept("activations: " + what));
        try (var makers = Executors.newFixedThreadPool(1)) {
            var maker = new ActivationMaker(new Receipts(keys.signing()), approvals, order, Clock.systemUTC());
            new ActivationFiller(store, maker, makers).fill(progress::reached);
        }
    }

    private static long heapBytes() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        memory.gc(); // what the first has left to be cleaned up
        return memory.getHeapMemoryUsage().getUsed();
    }

    /// @param measured first without sessions
    static List<String> table(List<Measured> measured) {
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%12s %18s %20s %28s",
                "sessions",
                "heap, MiB",
                "bytes per session",
                "per session since the last"));
        Measured none = measured.getFirst();
        Measured before = none;
        for (Measured at : measured) {
            lines.add(String.format(
                            Locale.ROOT,
                            "%,12d %,18.1f %20s %28s",
                            at.sessions(),
                            at.bytes() / 1024.0 / 1024,
                            perSession(none, at),
                            perSession(before, at))
                    .stripTrailing());
            before = at;
        }
        return lines;
    }

    private static String perSession(Measured from, Measured to) {
        int more = to.sessions() - from.sessions();
        return more == 0
                ? ""
                : String.format(Locale.ROOT, "%,d", Math.round((to.bytes() - from.bytes()) / (double) more));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
