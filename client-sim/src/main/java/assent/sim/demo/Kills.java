package assent.sim.demo;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Kills a gateway at random moments of the exchange and starts it again. Immutable.
///
/// @param moments numbers of texts shown, rising, at which it dies
/// @param kill does it, and starts it again
/// @param said told about each
record Kills(List<Long> moments, Kill kill, Consumer<String> said) implements Exchange.Disturbance {
    private static final Duration LOOK_EVERY = Duration.ofMillis(1);

    interface Kill {
        /// Blocks until the gateway listens again.
        void run() throws InterruptedException;
    }

    /// Moments between the first and the last tenth.
    static Kills random(int kills, long count, RandomGenerator random, Kill kill, Consumer<String> said) {
        long from = count / 10;
        long to = Math.max(from + 1, count - count / 10);
        List<Long> moments = Stream.generate(() -> random.nextLong(from, to))
                .limit(kills)
                .sorted()
                .toList();
        return new Kills(moments, kill, said);
    }

    @Override
    public void run(Exchange exchange) throws InterruptedException {
        for (long moment : moments) {
            while (exchange.tally().delivered < moment) {
                Thread.sleep(LOOK_EVERY);
            }
            said.accept("killing a gateway after " + exchange.tally().delivered + " texts");
            kill.run();
        }
    }
}
