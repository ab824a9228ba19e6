package assent.sim.carrier;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Takes SMS and routes each to whoever has the number, as the [CarrierBehaviour] of the moment will
/// have it.
///
/// As at a real carrier, "accepted" promises nothing: an SMS to a number that nobody has is accepted,
/// then dropped. Thread-safe.
final class Switchboard implements AutoCloseable {
    static final int ACCEPTED = 0;

    /// `ESME_RMSGQFUL`: message queue full (SMPP 3.4, 5.1.3).
    static final int QUEUE_FULL = 0x14;

    private final Map<String, Destination> destinations = new ConcurrentHashMap<>();
    private final ScheduledExecutorService delays = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("carrier-delay").factory());
    private final Semaphore inFlight;
    private final Tally tally;
    private volatile Mood mood = new Mood(CarrierBehaviour.good());
    private volatile Consumer<Sms> watcher = sms -> {};

    Switchboard(int inFlightMax, Tally tally) {
        this.inFlight = new Semaphore(inFlightMax);
        this.tally = tally;
    }

    /// A behaviour and the chance that belongs to it. Thread-safe.
    private static final class Mood {
        final CarrierBehaviour behaviour;
        private final RandomGenerator chance;

        Mood(CarrierBehaviour behaviour) {
            this.behaviour = behaviour;
            this.chance = RandomGeneratorFactory.of("L64X128MixRandom").create(behaviour.seed());
        }

        synchronized boolean loses() {
            return chance.nextDouble() < behaviour.lossRatio();
        }
    }

    void behave(CarrierBehaviour behaviour) {
        mood = new Mood(behaviour);
    }

    /// Has each SMS that is handed on, also one to a number that nobody has, shown to `newWatcher`.
    void watch(Consumer<Sms> newWatcher) {
        watcher = newWatcher;
    }

    CarrierBehaviour behaviour() {
        return mood.behaviour;
    }

    /// @return whether the number was free
    boolean attach(String number, Destination destination) {
        return destinations.putIfAbsent(number, destination) == null;
    }

    void detach(String number, Destination destination) {
        destinations.remove(number, destination);
    }

    /// Takes an SMS, or not. Never blocks.
    ///
    /// @return [#ACCEPTED], or the `command_status` to refuse with
    int accept(Sms sms) {
        Mood now = mood;
        if (now.behaviour.refusal().isPresent()) {
            tally.refused.increment();
            return now.behaviour.refusal().getAsInt();
        }
        int copies = now.behaviour.duplicates() ? 2 : 1;
        if (!inFlight.tryAcquire(copies)) {
            tally.refused.increment();
            return QUEUE_FULL;
        }
        tally.accepted.increment();
        if (now.loses()) {
            tally.lost.increment();
            inFlight.release(copies);
            return ACCEPTED;
        }
        for (int copy = 0; copy < copies; copy++) {
            send(sms, now.behaviour.delay().toNanos());
        }
        return ACCEPTED;
    }

    private void send(Sms sms, long delayNanos) {
        if (delayNanos == 0) {
            hand(sms);
        } else {
            delays.schedule(() -> hand(sms), delayNanos, TimeUnit.NANOSECONDS);
        }
    }

    private void hand(Sms sms) {
        watcher.accept(sms);
        Destination destination = destinations.get(sms.to());
        if (destination == null) {
            tally.unroutable.increment();
            inFlight.release();
        } else {
            destination.deliver(sms, inFlight::release);
        }
    }

    /// Drops what is delayed, and delays nothing more.
    @Override
    public void close() {
        delays.shutdownNow();
    }
}
