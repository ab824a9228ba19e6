package assent.load.scenario;

import assent.load.conduct.Crew;
import assent.load.driver.Protocol;
import assent.load.report.Measured;
import assent.load.server.Gateway;
import assent.load.server.ProcessMemory;
import assent.load.server.ServerProcess;
import assent.load.server.StateFolder;
import assent.load.work.Order;
import assent.load.work.Schedule;
import assent.load.work.Side;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a scenario has to work with: a server, and workers whose phones are not connected yet. Used from
/// one thread.
///
/// @param crews starts a crew of its own for other pairs
/// @param gateway present if the server is one
/// @param say tells people how it goes
public record Scene(
        ServerProcess.Running server,
        Crew crew,
        Function<Pairs, Crew> crews,
        Optional<Gateway.Running> gateway,
        StateFolder state,
        Consumer<String> say) {
    private static final Duration CONNECT_MAX = Duration.ofMinutes(10);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(30);
    private static final int RETRIES_MAX = 10;

    /// Which pairs.
    public record Pairs(int first, int count) {}

    long pid() {
        return server.pid();
    }

    /// Only one worker reads the server's clock, or its time would be counted as often.
    private long pidFor(int worker) {
        return worker == 0 ? server.pid() : 0;
    }

    ProcessMemory memory() {
        return new ProcessMemory(server.pid(), server.target().protocol() != Protocol.MQTT);
    }

    /// Connects those of a side that are not connected.
    ///
    /// @param atOnce connections that are being made at a time, over all workers
    /// @param remembered a broker keeps what comes while the phone is away
    Measured connect(Side side, int atOnce, boolean remembered) {
        return Measured.of(crew.all(_ -> connectOrder(side, Math.max(1, atOnce / crew.size()), remembered)));
    }

    static Order.Connect connectOrder(Side side, int atOnce, boolean remembered) {
        return new Order.Connect(Crew.FLEET, side, atOnce, remembered, RETRIES_MAX, CONNECT_MAX.toMillis());
    }

    Measured disconnect(Side side) {
        return Measured.of(crew.all(_ -> new Order.Disconnect(Crew.FLEET, side, CONNECT_MAX.toMillis())));
    }

    Measured hold(Duration time) {
        return Measured.of(crew.all(_ -> new Order.Hold(Crew.FLEET, time.toMillis())));
    }

    void warmUp(Schedule schedule) {
        paced(schedule, Optional.empty(), false);
    }

    Measured paced(Schedule schedule, Optional<Order.GoingAway> churn) {
        return paced(schedule, churn, true);
    }

    private Measured paced(Schedule schedule, Optional<Order.GoingAway> churn, boolean counts) {
        Schedule share = schedule.share(crew.size());
        Optional<Order.GoingAway> part =
                churn.map(all -> new Order.GoingAway(all.share(), all.perSecond() / crew.size(), all.awayMillis()));
        return Measured.of(crew.all(
                worker -> new Order.Paced(Crew.FLEET, share, part, counts, DRAIN_MAX.toMillis(), pidFor(worker))));
    }

    Measured max(int inFlight, Duration warmUp, Duration measure) {
        return Measured.of(crew.all(worker -> new Order.Max(
                Crew.FLEET, inFlight, warmUp.toMillis(), measure.toMillis(), DRAIN_MAX.toMillis(), pidFor(worker))));
    }

    Measured fill(int textsPerPair, int inFlight, Duration atMost) {
        return Measured.of(crew.all(
                worker -> new Order.Fill(Crew.FLEET, textsPerPair, inFlight, atMost.toMillis(), pidFor(worker))));
    }

    Measured await(Optional<Order.Connect> connect, Duration atMost) {
        return Measured.of(crew.all(worker -> new Order.Await(Crew.FLEET, connect, atMost.toMillis(), pidFor(worker))));
    }

    Measured cycle(int atOnce, Duration warmUp, Duration measure) {
        return Measured.of(crew.all(worker -> new Order.Cycle(
                Crew.FLEET, Math.max(1, atOnce / crew.size()), warmUp.toMillis(), measure.toMillis(), pidFor(worker))));
    }
}
