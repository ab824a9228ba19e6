package assent.sim.faults;

import java.time.Duration;

/// Measures how long a fault lasts for the phones.
final class Strikes {
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    private Strikes() {}

    interface Strike {
        void run() throws InterruptedException;
    }

    /// Strikes, and waits until texts are acknowledged again.
    ///
    /// @param strike from the fault to the moment when it is over, such as a gateway listening again
    /// @return from its beginning to the first text acknowledged after its end
    static Duration timed(Workload workload, Strike strike) throws InterruptedException {
        long startedNanos = System.nanoTime();
        strike.run();
        workload.awaitAcknowledged(workload.acknowledged() + 1, RECOVERY_MAX);
        return Duration.ofNanos(System.nanoTime() - startedNanos);
    }
}
