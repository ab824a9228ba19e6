package assent.server.delivery;

import assent.protocol.Outcome;
import assent.protocol.Reason;
import assent.server.meters.CountersBy;
import assent.server.meters.Times;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// What is counted and timed of messages. Thread-safe; every meter is looked up once, so that recording
/// allocates nothing.
final class MessageMeters {
    private final Counter neverStored;
    private final Counter stored;
    private final CountersBy<Outcome> outcomes;
    private final CountersBy<Reason> refusals;
    private final Map<Outcome, Timer> untilOutcome = new EnumMap<>(Outcome.class);
    private final Timer untilAcknowledged;
    private final DistributionSummary read;

    MessageMeters(MeterRegistry registry) {
        neverStored = Counter.builder("assent.messages.delivered.unstored")
                .description("Messages that were acknowledged within the grace and so never touched the store")
                .register(registry);
        stored = Counter.builder("assent.messages.stored")
                .description("Messages that were put into a mailbox")
                .register(registry);
        outcomes = new CountersBy<>(
                registry, "assent.messages.outcomes", "Results that senders were told", "outcome", Outcome.class);
        refusals = new CountersBy<>(
                registry, "assent.messages.refusals", "Messages refused, by why", "reason", Reason.class);
        for (Outcome outcome : Outcome.values()) {
            untilOutcome.put(
                    outcome,
                    Times.timer(
                            registry,
                            "assent.messages.outcome.time",
                            "From a message's arrival to its result",
                            "outcome",
                            CountersBy.valueOf(outcome)));
        }
        untilAcknowledged = Times.timer(
                registry,
                "assent.messages.acknowledgement.time",
                "From pushing a message to a device to the device's acknowledgement");
        read = DistributionSummary.builder("assent.mailbox.read")
                .description("Messages that one look into a mailbox brought")
                .baseUnit("messages")
                .serviceLevelObjectives(1, 10, 50, 100, 250)
                .register(registry);
    }

    void deliveredUnstored() {
        neverStored.increment();
    }

    void stored() {
        stored.increment();
    }

    /// A message has its result.
    ///
    /// @param nanos since it came in
    void settled(Outcome outcome, Optional<Reason> reason, long nanos) {
        told(outcome, reason);
        Timer timer = untilOutcome.get(outcome);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    /// A sender was told a result at once: a refusal, or what it had been told before.
    void told(Outcome outcome, Optional<Reason> reason) {
        outcomes.count(outcome);
        reason.ifPresent(refusals::count);
    }

    /// @param nanos since it was pushed
    void acknowledged(long nanos) {
        untilAcknowledged.record(nanos, TimeUnit.NANOSECONDS);
    }

    void read(int messages) {
        read.record(messages);
    }
}
