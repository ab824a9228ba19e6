package assent.sim.carrier;

import java.util.concurrent.atomic.LongAdder;

/// Counts behind [CarrierCounts]. Thread-safe.
final class Tally {
    final LongAdder accepted = new LongAdder();
    final LongAdder delivered = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder unroutable = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder overflowed = new LongAdder();
    final LongAdder bindsRefused = new LongAdder();

    CarrierCounts read() {
        return new CarrierCounts(
                accepted.sum(),
                delivered.sum(),
                lost.sum(),
                unroutable.sum(),
                refused.sum(),
                overflowed.sum(),
                bindsRefused.sum());
    }
}
