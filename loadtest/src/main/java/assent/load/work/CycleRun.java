package assent.load.work;

import java.time.Duration;

/// Phones that connect, and go as soon as they are ready. Confined to the worker's thread.
final class CycleRun {
    private static final Duration LAST_ONES = Duration.ofMillis(500);

    private final Fleet fleet;
    private final Order.Cycle order;
    private final Pace pace;

    CycleRun(Fleet fleet, Order.Cycle order, Pace pace) {
        this.fleet = fleet;
        this.order = order;
        this.pace = pace;
    }

    Report run() throws InterruptedException {
        fleet.take();
        Runnable stop = fleet.cycle(order.atOnce());
        pace.pass(Duration.ofMillis(order.warmUpMillis()), false);
        var watch = new Stopwatch(order.serverPid());
        Counts counts = pace.pass(Duration.ofMillis(order.measureMillis()), true);
        watch.stop();
        stop.run();
        Counts after = pace.pass(LAST_ONES, false);
        return new Report.Done(watch.stretch(counts, after, 0));
    }
}
