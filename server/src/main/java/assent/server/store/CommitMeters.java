package assent.server.store;

import assent.server.meters.Times;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/// What the committer tells operators. Thread-safe.
final class CommitMeters {
    private final DistributionSummary batchSize;
    private final Timer time;
    private final Counter failures;
    private final Counter refusals;

    CommitMeters(MeterRegistry registry, Collection<?> queue) {
        batchSize = DistributionSummary.builder("assent.commit.batch")
                .description("Writes that shared one durable step")
                .baseUnit("writes")
                .serviceLevelObjectives(1, 3, 10, 30, 100, 300, 1_000)
                .register(registry);
        time = Times.timer(registry, "assent.commit.time", "Time that one durable step took");
        failures = Counter.builder("assent.commit.failures")
                .description("Durable steps that failed; nothing in them was acknowledged")
                .baseUnit("batches")
                .register(registry);
        refusals = Counter.builder("assent.commit.refusals")
                .description("Writes that found the queue full or the committer closed")
                .baseUnit("writes")
                .register(registry);
        Gauge.builder("assent.commit.queue", queue, Collection::size)
                .description("Writes that wait for a durable step")
                .baseUnit("writes")
                .register(registry);
    }

    void committed(int writes, long nanos) {
        batchSize.record(writes);
        time.record(nanos, TimeUnit.NANOSECONDS);
    }

    void failed() {
        failures.increment();
    }

    void refused() {
        refusals.increment();
    }
}
