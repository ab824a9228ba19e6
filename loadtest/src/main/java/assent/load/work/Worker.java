package assent.load.work;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/// Carries out orders, one after the other. Confined to one thread, but for [#stop].
public final class Worker implements AutoCloseable {
    private final Consumer<Report> reports;
    private final Map<String, Fleet> fleets = new HashMap<>();
    private volatile boolean stopping;

    /// @param reports hears what the worker has to say, on the worker's thread
    public Worker(Consumer<Report> reports) {
        this.reports = reports;
    }

    /// Ends the present order early, and all later ones at once. From any thread.
    public void stop() {
        stopping = true;
    }

    /// Blocks until it is carried out.
    public void carryOut(Order order) throws InterruptedException {
        try {
            reports.accept(
                    switch (order) {
                        case Order.Open open -> open(open);
                        case Order.Connect connect -> connect(connect);
                        case Order.Max max -> new MaxRun(fleet(max.fleet()), max, pace(max.fleet())).run();
                        case Order.Paced paced -> new PacedRun(fleet(paced.fleet()), paced, pace(paced.fleet())).run();
                        case Order.Fill fill -> new FillRun(fleet(fill.fleet()), fill, pace(fill.fleet())).run();
                        case Order.Await await -> await(await);
                        case Order.Hold hold -> hold(hold);
                        case Order.Disconnect disconnect -> disconnect(disconnect);
                        case Order.Cycle cycle -> new CycleRun(fleet(cycle.fleet()), cycle, pace(cycle.fleet())).run();
                        case Order.Shut(var name) -> shut(name);
                        case Order.Stop() -> new Report.Done(nothing());
                    });
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            reports.accept(new Report.Failed(String.valueOf(e.getMessage())));
        }
    }

    private Pace pace(String fleet) {
        return new Pace(fleet(fleet), reports, () -> stopping);
    }

    private Fleet fleet(String name) {
        Fleet fleet = fleets.get(name);
        if (fleet == null) {
            throw new IllegalStateException("there is no fleet '" + name + "'; open it first");
        }
        return fleet;
    }

    private Report open(Order.Open order) {
        fleets.put(order.fleet(), new Fleet(order));
        return new Report.Done(nothing());
    }

    private Report connect(Order.Connect order) throws InterruptedException {
        Fleet fleet = fleet(order.fleet());
        var watch = new Stopwatch(0);
        CompletableFuture<Void> all = fleet.connect(order);
        Counts counts = pace(order.fleet()).until(all::isDone, Duration.ofMillis(order.millisMax()), false);
        watch.stop();
        return new Report.Done(watch.stretch(counts, Counts.none(), 0));
    }

    private Report await(Order.Await order) throws InterruptedException {
        Fleet fleet = fleet(order.fleet());
        fleet.take();
        var watch = new Stopwatch(order.serverPid());
        order.connect().ifPresent(fleet::connect);
        Counts counts = pace(order.fleet()).until(() -> fleet.open() == 0, Duration.ofMillis(order.millisMax()), true);
        watch.stop();
        return new Report.Done(watch.stretch(counts, Counts.none(), fleet.sum(Pair::giveUp)));
    }

    private Report hold(Order.Hold order) throws InterruptedException {
        fleet(order.fleet()).take();
        var watch = new Stopwatch(0);
        Counts counts = pace(order.fleet()).pass(Duration.ofMillis(order.millis()), true);
        watch.stop();
        return new Report.Done(watch.stretch(counts, Counts.none(), 0));
    }

    private Report disconnect(Order.Disconnect order) throws InterruptedException {
        Fleet fleet = fleet(order.fleet());
        fleet.disconnect(order.side());
        Counts counts = pace(order.fleet())
                .until(() -> fleet.connected(order.side()) == 0, Duration.ofMillis(order.millisMax()), false);
        return new Report.Done(new Stopwatch(0).stretch(counts, Counts.none(), 0));
    }

    private Report shut(String name) {
        fleet(name).close();
        fleets.remove(name);
        return new Report.Done(nothing());
    }

    private static Report.Stretch nothing() {
        return new Report.Stretch(CountsForm.of(Counts.none()), 0, 0, CountsForm.of(Counts.none()), 0);
    }

    @Override
    public void close() {
        fleets.values().forEach(Fleet::close);
        fleets.clear();
    }
}
