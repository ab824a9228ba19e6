package assent.load.work;

import java.time.Duration;
import java.util.List;

/// The open model. Confined to the worker's thread.
final class PacedRun {
    private final Fleet fleet;
    private final Order.Paced order;
    private final Pace pace;

    PacedRun(Fleet fleet, Order.Paced order, Pace pace) {
        this.fleet = fleet;
        this.order = order;
        this.pace = pace;
    }

    Report run() throws InterruptedException {
        fleet.take();
        var watch = new Stopwatch(order.serverPid());
        List<Pacer> pacers = fleet.pace(order.schedule());
        Runnable churn = order.churn().map(fleet::churn).orElse(() -> {});
        Counts counts = pace.pass(Duration.ofMillis(order.schedule().millis()), order.counts());
        watch.stop();
        fleet.stop(pacers);
        churn.run();
        Counts after = pace.drain(Duration.ofMillis(order.drainMillis()));
        return new Report.Done(watch.stretch(counts, after, fleet.sum(Pair::giveUp)));
    }
}
