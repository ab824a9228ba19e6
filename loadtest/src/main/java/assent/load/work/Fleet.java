package assent.load.work;

import assent.load.driver.AssentDriver;
import assent.load.driver.Driver;
import assent.load.driver.LoadNetwork;
import assent.load.driver.MqttDriver;
import assent.load.driver.RelayDriver;
import io.netty.channel.EventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/// Pairs of phones of one server, spread over a few event loops. Thread-safe; its pairs are confined to
/// their event loops.
final class Fleet implements AutoCloseable {
    /// Well below the heartbeat, after three of which a server takes a phone for dead.
    private static final long KEEP_ALIVE_SECONDS = 45;

    private final LoadNetwork network;
    private final Driver driver;
    private final List<Berth> berths = new ArrayList<>();

    /// What one event loop has. Confined to it.
    private record Berth(EventLoop loop, Tally tally, List<Pair> pairs) {}

    Fleet(Order.Open order) {
        this.network = new LoadNetwork(order.loops());
        this.driver = switch (order.target().protocol()) {
            case ASSENT -> new AssentDriver(network, order.target());
            case MQTT -> new MqttDriver(network, order.target());
            case RELAY -> new RelayDriver(network, order.target());
        };
        var texts = Texts.of(order.textFile(), order.textBytes());
        for (EventLoop loop : network.loops()) {
            berths.add(new Berth(loop, new Tally(), new ArrayList<>()));
        }
        for (int i = 0; i < order.pairs(); i++) {
            Berth berth = berths.get(i % berths.size());
            berth.pairs.add(new Pair(order.firstPair() + i, berth.loop, berth.tally, texts));
        }
        for (Berth berth : berths) {
            berth.loop.scheduleAtFixedRate(
                    () -> berth.pairs.forEach(Pair::keepAlive),
                    KEEP_ALIVE_SECONDS,
                    KEEP_ALIVE_SECONDS,
                    TimeUnit.SECONDS);
        }
    }

    /// Connects those of a side that are not connected.
    ///
    /// @return done when each has tried
    CompletableFuture<Void> connect(Order.Connect order) {
        int atOnce = Math.max(1, order.atOnce() / berths.size());
        return all(berth -> new Connecting(driver, berth.loop, berth.pairs, order, atOnce));
    }

    private CompletableFuture<Void> all(Function<Berth, Connecting> maker) {
        var parts = berths.stream()
                .map(berth -> {
                    var done = new CompletableFuture<Void>();
                    berth.loop.execute(() -> maker.apply(berth).begin(done));
                    return done;
                })
                .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(parts);
    }

    /// Has something done to each pair, on its event loop; waits for it.
    void forEach(Consumer<Pair> action) {
        sum(pair -> {
            action.accept(pair);
            return 0;
        });
    }

    /// Sums something over all pairs; waits for it.
    long sum(ToLongFunction<Pair> of) {
        return berths.stream()
                .map(berth -> CompletableFuture.supplyAsync(
                        () -> berth.pairs.stream().mapToLong(of).sum(), berth.loop))
                .toList()
                .stream()
                .mapToLong(CompletableFuture::join)
                .sum();
    }

    /// What happened since the last call of this.
    Counts take() {
        return berths.stream()
                .map(berth -> CompletableFuture.supplyAsync(berth.tally::take, berth.loop))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .reduce(Counts.none(), Counts::plus);
    }

    /// Begins to send by a schedule.
    ///
    /// @return to be given to [#stop]
    List<Pacer> pace(Schedule schedule) {
        var pacers = berths.stream()
                .map(berth -> new Pacer(berth.loop, berth.pairs, schedule.share(berths.size())))
                .toList();
        for (int i = 0; i < pacers.size(); i++) {
            berths.get(i).loop.execute(pacers.get(i)::begin);
        }
        return pacers;
    }

    void stop(List<Pacer> pacers) {
        for (int i = 0; i < pacers.size(); i++) {
            berths.get(i).loop.execute(pacers.get(i)::stop);
        }
    }

    /// Has recipients go away and come back.
    ///
    /// @return ends it
    Runnable churn(Order.GoingAway order) {
        var each = new Order.GoingAway(order.share(), order.perSecond() / berths.size(), order.awayMillis());
        List<Runnable> stops = berths.stream()
                .map(berth -> {
                    int taking = (int) Math.ceil(berth.pairs.size() * order.share());
                    var churn = new Churn(driver, berth.loop, berth.pairs.subList(0, taking), each);
                    return (Runnable) () -> berth.loop.execute(churn::stop);
                })
                .toList();
        return () -> stops.forEach(Runnable::run);
    }

    /// Has phones connect and go, again and again.
    ///
    /// @param atOnce how many phones
    /// @return ends it
    Runnable cycle(int atOnce) {
        int each = Math.max(1, atOnce / berths.size());
        var cyclers = new ArrayList<Runnable>();
        for (Berth berth : berths) {
            for (Pair pair : berth.pairs.subList(0, Math.min(each, berth.pairs.size()))) {
                var cycler = new Cycler(driver, berth.loop, berth.tally, pair.senderPhone());
                berth.loop.execute(cycler::begin);
                cyclers.add(() -> berth.loop.execute(cycler::stop));
            }
        }
        return () -> cyclers.forEach(Runnable::run);
    }

    /// Closes connections.
    void disconnect(Side side) {
        forEach(pair -> {
            if (side.hasSenders()) {
                pair.disconnect(true);
            }
            if (side.hasRecipients()) {
                pair.disconnect(false);
            }
        });
    }

    /// Connections that are ready.
    long connected(Side side) {
        return sum(pair -> (side.hasSenders() && pair.isConnected(true) ? 1 : 0)
                + (side.hasRecipients() && pair.isConnected(false) ? 1 : 0));
    }

    /// Texts under way, or still to be sent.
    long open() {
        return sum(Pair::open);
    }

    @Override
    public void close() {
        forEach(pair -> pair.adopt(Habit.NONE));
        disconnect(Side.ALL);
        network.close();
    }
}
