package assent.sim.redis;

import assent.sim.process.ProcessFailure;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waits for what servers agree on by themselves. Stateless.
final class Await {
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(25);

    private Await() {}

    /// Blocks until it is so.
    ///
    /// @param what in words, for the message if it does not become so
    static void until(String what, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + AT_MOST.toNanos();
        while (!isSoNow(isSo)) {
            if (System.nanoTime() > end) {
                throw new ProcessFailure("Redis: not within " + AT_MOST.toSeconds() + " s: " + what);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /// A server that cannot be asked at the moment is asked again.
    private static boolean isSoNow(BooleanSupplier isSo) {
        try {
            return isSo.getAsBoolean();
        } catch (ProcessFailure e) {
            return false;
        }
    }
}
