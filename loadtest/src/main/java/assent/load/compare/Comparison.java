package assent.load.compare;

import assent.load.conduct.WorkerHandle;
import assent.load.driver.Target;
import assent.load.server.ServerProcess;
import assent.load.work.Order;
import assent.load.work.Report;
import assent.load.work.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Several servers under the same closed loop in turn: A B C A B C …, each for a few seconds.
///
/// The servers run all the time, each in its process on the same core, and those whose turn it is not
/// are idle: a JVM that was started for each round would be measured while it warms up. What a server
/// uses is read from its own process's accounting, so an idle neighbour is not in it.
///
/// Confined to one thread.
public final class Comparison {
    private static final int CONNECTS_AT_ONCE = 64;
    private static final Duration CONNECT_MAX = Duration.ofMinutes(5);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);

    private final WorkerHandle worker;
    private final Map<String, ServerProcess.Running> servers;
    private final Settings settings;
    private final BiConsumer<String, Report.Progress> progress;

    /// What every server is loaded with.
    ///
    /// @param warmUp once for each server, not counted
    /// @param settle before each measured stretch, not counted
    public record Settings(
            int pairs,
            int inFlight,
            int rounds,
            Duration warmUp,
            Duration settle,
            Duration measure,
            Optional<Path> texts,
            int textBytes) {}

    /// @param servers by name, in the order of their turns
    /// @param progress hears what is done for which server
    public Comparison(
            WorkerHandle worker,
            Map<String, ServerProcess.Running> servers,
            Settings settings,
            BiConsumer<String, Report.Progress> progress) {
        this.worker = worker;
        this.servers = new LinkedHashMap<>(servers);
        this.settings = settings;
        this.progress = progress;
    }

    /// The rounds of each server, the warm-up first: it counts for faults alone.
    public Map<String, Rounds> run() {
        var results = new LinkedHashMap<String, Rounds>();
        servers.forEach((name, server) -> {
            connect(name, server.target());
            results.put(name, new Rounds(load(name, server.pid(), Duration.ZERO, settings.warmUp()), List.of()));
        });
        for (int i = 0; i < settings.rounds(); i++) {
            results.replaceAll((name, rounds) -> rounds.plus(turn(name)));
        }
        servers.keySet().forEach(name -> worker.carryOut(new Order.Shut(name), _ -> {}));
        return results;
    }

    private Round turn(String name) {
        return load(name, Objects.requireNonNull(servers.get(name)).pid(), settings.settle(), settings.measure());
    }

    private void connect(String name, Target target) {
        worker.carryOut(
                new Order.Open(name, target, 1, 0, settings.pairs(), settings.texts(), settings.textBytes()), _ -> {});
        worker.carryOut(
                new Order.Connect(name, Side.ALL, CONNECTS_AT_ONCE, false, 0, CONNECT_MAX.toMillis()),
                said -> progress.accept(name, said));
    }

    private Round load(String name, long pid, Duration settle, Duration measure) {
        return Round.of(worker.carryOut(
                new Order.Max(
                        name, settings.inFlight(), settle.toMillis(), measure.toMillis(), DRAIN_MAX.toMillis(), pid),
                said -> progress.accept(name, said)));
    }
}
