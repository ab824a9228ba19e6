package assent.sim.faults;

import assent.sim.demo.Troubles;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What a fault broke, and when: news of a text that is shown can be lost then, and at no other time.
/// Thread-safe.
///
/// | broken | whose news it takes |
/// |---|---|
/// | a gateway | of texts that were under way at that moment, and whose sender lost its connection with it |
/// | the store, or the way to it | of texts that were under way at some time of it, or soon after |
final class Outages implements Troubles {
    /// Until gateways have connected anew and have tried again what failed.
    private static final Duration AFTERMATH = Duration.ofSeconds(5);

    private final List<Long> gateways = new CopyOnWriteArrayList<>();
    private final List<Outage> stores = new CopyOnWriteArrayList<>();

    /// Of the store.
    static final class Outage implements AutoCloseable {
        private final long fromNanos = System.nanoTime();
        private volatile boolean over;
        private volatile long untilNanos;

        private boolean touches(long sentAtNanos, long settledAtNanos) {
            return settledAtNanos - fromNanos >= 0 && !(over && sentAtNanos - untilNanos > 0);
        }

        /// The store is there again for everybody.
        @Override
        public void close() {
            untilNanos = System.nanoTime() + AFTERMATH.toNanos();
            over = true;
        }
    }

    /// A gateway is about to die.
    void gatewayDies() {
        gateways.add(System.nanoTime());
    }

    /// The store is about to be out of reach, or to keep nothing.
    Outage storeFails() {
        var outage = new Outage();
        stores.add(outage);
        return outage;
    }

    @Override
    public boolean mayHaveTakenNews(long sentAtNanos, long settledAtNanos, boolean senderMoved) {
        return stores.stream().anyMatch(outage -> outage.touches(sentAtNanos, settledAtNanos))
                || (senderMoved && gateways.stream().anyMatch(at -> at - sentAtNanos >= 0 && settledAtNanos - at >= 0));
    }
}
