package assent.load.work;

import java.time.Duration;

/// Senders alone: each sends its next text when the server has answered the one before, until it has sent
/// its share. For recipients that are away. Confined to the worker's thread.
final class FillRun {
    private final Fleet fleet;
    private final Order.Fill order;
    private final Pace pace;
    private volatile boolean sending = true;

    FillRun(Fleet fleet, Order.Fill order, Pace pace) {
        this.fleet = fleet;
        this.order = order;
        this.pace = pace;
    }

    Report run() throws InterruptedException {
        fleet.take();
        var watch = new Stopwatch(order.serverPid());
        fleet.forEach(pair -> new Share(order.textsPerPair()).begin(pair, order.inFlight()));
        Counts counts = pace.until(() -> fleet.sum(Pair::unanswered) == 0, Duration.ofMillis(order.millisMax()), true);
        watch.stop();
        sending = false;
        fleet.forEach(pair -> pair.adopt(Habit.NONE));
        return new Report.Done(watch.stretch(counts, Counts.none(), fleet.sum(Pair::unanswered)));
    }

    /// What one pair has to send. Confined to its event loop.
    private final class Share implements Habit {
        private int left;

        Share(int texts) {
            this.left = texts;
        }

        void begin(Pair pair, int inFlight) {
            pair.adopt(this);
            for (int i = 0; i < inFlight; i++) {
                answered(pair);
            }
        }

        @Override
        public void answered(Pair pair) {
            if (sending && left > 0) {
                left--;
                pair.send(System.nanoTime());
            }
        }
    }
}
