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

    /// Ends the present order early. From any thread.
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
                        case Order.Shut(var name) -> shut(name);
                        case Order.Stop() -> new Report.Done(nothing());
                    });
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            reports.accept(new Report.Failed(String.valueOf(e.getMessage())));
        } finally {
            stopping = false;
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
        long began = System.nanoTime();
        CompletableFuture<Void> all = fleet.connect(order);
        Counts counts = pace(order.fleet()).until(all::isDone, Duration.ofMillis(order.millisMax()), true);
        return new Report.Done(new Report.Stretch(
                CountsForm.of(counts), (System.nanoTime() - began) / 1e9, 0, CountsForm.of(Counts.none()), 0));
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
