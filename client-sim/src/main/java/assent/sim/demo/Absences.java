package assent.sim.demo;

import java.time.Duration;

/// Now one phone is away, now the other, and texts wait for it: about one in eight waits. Immutable.
///
/// @param absences how many
/// @param textsEach how many texts wait when the phone comes back
record Absences(int absences, int textsEach) implements Exchange.Disturbance {
    private static final int ABSENCES_MAX = 24;
    private static final int TEXTS_PER_ABSENCE_MIN = 50;
    private static final int TEXTS_WAITING_MAX = 1_000;
    private static final int ONE_IN = 8;
    private static final Duration AWAY_MAX = Duration.ofSeconds(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    /// As many as suit `count` texts.
    static Absences of(long count) {
        long waiting = Math.max(1, count / ONE_IN);
        int absences = Math.clamp(waiting / TEXTS_PER_ABSENCE_MIN, count < 4 ? 1 : 2, ABSENCES_MAX);
        return new Absences(absences, Math.clamp(waiting / absences, 1, TEXTS_WAITING_MAX));
    }

    @Override
    public void run(Exchange exchange) throws InterruptedException {
        long count = exchange.directions().stream().mapToLong(Direction::toSend).sum();
        for (int i = 0; i < absences; i++) {
            long from = count * i / absences;
            while (exchange.tally().sent < from) {
                Thread.sleep(LOOK_EVERY);
            }
            beAway(exchange.directions().get(i % 2));
        }
    }

    private void beAway(Direction direction) throws InterruptedException {
        direction.to().leave();
        long sentBefore = direction.tally().sent;
        long end = System.nanoTime() + AWAY_MAX.toNanos();
        while (direction.tally().sent < sentBefore + textsEach && !direction.isAllSent() && System.nanoTime() < end) {
            Thread.sleep(LOOK_EVERY);
        }
        direction.to().comeBack();
    }
}
