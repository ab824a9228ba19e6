package assent.load.work;

import java.time.Duration;

/// The closed loop. Confined to the worker's thread.
final class MaxRun {
    private final Fleet fleet;
    private final Order.Max order;
    private final Pace pace;

    /// Read by all event loops; without it what is done would go on sending.
    private volatile boolean sending = true;

    MaxRun(Fleet fleet, Order.Max order, Pace pace) {
        this.fleet = fleet;
        this.order = order;
        this.pace = pace;
    }

    Report run() throws InterruptedException {
        fleet.take();
        fleet.forEach(this::begin);
        pace.pass(Duration.ofMillis(order.warmUpMillis()), false);
        long cpuBefore = cpu();
        long began = System.nanoTime();
        Counts counts = pace.pass(Duration.ofMillis(order.measureMillis()), true);
        long cpuAfter = cpu();
        double seconds = (System.nanoTime() - began) / 1e9;
        sending = false;
        Counts after = pace.until(() -> fleet.open() == 0, Duration.ofMillis(order.drainMillis()), false);
        long lost = fleet.sum(Pair::giveUp);
        fleet.forEach(pair -> pair.adopt(Pair.Habit.NONE));
        return new Report.Done(
                new Report.Stretch(CountsForm.of(counts), seconds, cpuAfter - cpuBefore, CountsForm.of(after), lost));
    }

    private long cpu() {
        return order.serverPid() == 0 ? 0 : ProcessCpu.micros(order.serverPid());
    }

    private void begin(Pair pair) {
        pair.adopt(this::more);
        for (int i = 0; i < order.inFlight(); i++) {
            more(pair);
        }
    }

    private void more(Pair pair) {
        if (sending && pair.canSend()) {
            pair.send(System.nanoTime());
        }
    }
}
