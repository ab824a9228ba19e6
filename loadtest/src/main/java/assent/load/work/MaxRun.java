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
        var watch = new Stopwatch(order.serverPid());
        Counts counts = pace.pass(Duration.ofMillis(order.measureMillis()), true);
        watch.stop();
        sending = false;
        Counts after = pace.drain(Duration.ofMillis(order.drainMillis()));
        fleet.forEach(pair -> pair.adopt(Habit.NONE));
        return new Report.Done(watch.stretch(counts, after, fleet.sum(Pair::giveUp)));
    }

    private void begin(Pair pair) {
        pair.adopt(new Habit() {
            @Override
            public void done(Pair next) {
                more(next);
            }
        });
        for (int i = 0; i < order.inFlight(); i++) {
            more(pair);
        }
    }

    private void more(Pair pair) {
        if (sending && pair.isConnected(true)) {
            pair.send(System.nanoTime());
        }
    }
}
