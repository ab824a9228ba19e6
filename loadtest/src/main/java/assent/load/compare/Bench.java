package assent.load.compare;

import assent.load.conduct.WorkerHandle;
import assent.load.server.ServerProcess;
import assent.load.work.Order;
import assent.load.work.Report;
import assent.load.work.Schedule;
import assent.load.work.Side;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Several servers under the same work in turn: A B C A B C …, each for a few seconds, by one worker.
///
/// The servers run all the time, each in its process on the same core, and those whose turn it is not
/// are idle: a JVM that was started for each round would be measured while it warms up. What a server
/// uses is read from its own process's accounting, so an idle neighbour is not in it.
///
/// Confined to one thread.
public final class Bench {
    private static final int CONNECTS_AT_ONCE = 64;
    private static final Duration CONNECT_MAX = Duration.ofMinutes(5);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(10);
    private static final Duration FILL_MAX = Duration.ofMinutes(2);

    private final WorkerHandle worker;
    private final Map<String, ServerProcess.Running> servers;
    private final Settings settings;
    private final BiConsumer<String, Report.Progress> progress;
    private Map<String, ServerProcess.Running> contestants = Map.of();

    /// What every server is loaded with.
    ///
    /// @param warmUp once for each contestant, not counted
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
    /// @param progress hears what is done for which contestant
    public Bench(
            WorkerHandle worker,
            Map<String, ServerProcess.Running> servers,
            Settings settings,
            BiConsumer<String, Report.Progress> progress) {
        this.worker = worker;
        this.servers = new LinkedHashMap<>(servers);
        this.settings = settings;
        this.progress = progress;
    }

    /// All rounds of a part, by contestant. Blocks.
    public Map<String, Rounds> run(Part part) {
        contestants = part.contestants(servers);
        var results = new LinkedHashMap<String, Rounds>();
        contestants.forEach((name, server) -> {
            carryOut(
                    name,
                    new Order.Open(
                            name, server.target(), 1, 0, settings.pairs(), settings.texts(), settings.textBytes()));
            results.put(name, new Rounds(part.prepare(this, name), List.of()));
        });
        for (int i = 0; i < settings.rounds(); i++) {
            results.replaceAll((name, rounds) -> rounds.plus(part.turn(this, name)));
        }
        contestants.keySet().forEach(name -> carryOut(name, new Order.Shut(name)));
        return results;
    }

    private Round carryOut(String contestant, Order order) {
        return Round.of(worker.carryOut(order, said -> progress.accept(contestant, said)));
    }

    private long pid(String contestant) {
        return Objects.requireNonNull(contestants.get(contestant)).pid();
    }

    Settings settings() {
        return settings;
    }

    Round connect(String contestant, Side side, boolean remembered) {
        return carryOut(contestant, connectOrder(contestant, side, remembered));
    }

    private static Order.Connect connectOrder(String contestant, Side side, boolean remembered) {
        return new Order.Connect(contestant, side, CONNECTS_AT_ONCE, remembered, 0, CONNECT_MAX.toMillis());
    }

    Round disconnect(String contestant, Side side) {
        return carryOut(contestant, new Order.Disconnect(contestant, side, CONNECT_MAX.toMillis()));
    }

    Round max(String contestant, Duration settle, Duration measure) {
        return carryOut(
                contestant,
                new Order.Max(
                        contestant,
                        settings.inFlight(),
                        settle.toMillis(),
                        measure.toMillis(),
                        DRAIN_MAX.toMillis(),
                        pid(contestant)));
    }

    Round paced(String contestant, double perSecond, Duration time) {
        var schedule = new Schedule(List.of(new Schedule.Step(perSecond, time.toMillis())));
        return carryOut(
                contestant,
                new Order.Paced(contestant, schedule, Optional.empty(), true, DRAIN_MAX.toMillis(), pid(contestant)));
    }

    Round fill(String contestant, int textsPerPair) {
        return carryOut(
                contestant,
                new Order.Fill(contestant, textsPerPair, settings.inFlight(), FILL_MAX.toMillis(), pid(contestant)));
    }

    /// The recipients come back and get what waits for them.
    Round drain(String contestant) {
        return carryOut(
                contestant,
                new Order.Await(
                        contestant,
                        Optional.of(connectOrder(contestant, Side.RECIPIENTS, true)),
                        FILL_MAX.toMillis(),
                        pid(contestant)));
    }

    Round cycle(String contestant, Duration settle, Duration measure) {
        return carryOut(
                contestant,
                new Order.Cycle(contestant, CONNECTS_AT_ONCE, settle.toMillis(), measure.toMillis(), pid(contestant)));
    }
}
