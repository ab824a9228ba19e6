package assent.server.simulation;

import java.time.Duration;

/// What one simulation is like: how many phones and texts, how narrow the gateway's limits, how often
/// what goes wrong. Immutable.
///
/// @param latencyMax of one frame; now and then ten times as much
/// @param acknowledgeAfterMax how long phones take to acknowledge
/// @param faultEvery one fault in about this time
/// @param faults what can go wrong
record Weather(
        int phones,
        int texts,
        Duration length,
        Duration latencyMax,
        Duration acknowledgeAfterMax,
        Duration faultEvery,
        java.util.List<Fault> faults,
        Limits limits) {
    /// The gateway's limits, narrow enough to be reached.
    record Limits(
            int loops,
            int sendsMax,
            int deliveriesMax,
            int deliveryBytesMax,
            int queueMax,
            int batchMax,
            int unwrittenBytesMax,
            Duration grace) {}

    static Weather of(Dice dice) {
        var limits = new Limits(
                dice.between(1, 3),
                dice.between(3, 16),
                dice.between(1, 10),
                dice.between(200, 4_000),
                dice.oneIn(4) ? dice.between(3, 10) : 500,
                dice.between(1, 20),
                dice.between(300, 5_000),
                Duration.ofMillis(dice.between(5, 60)));
        return new Weather(
                dice.between(2, 4),
                dice.between(20, 80),
                Duration.ofSeconds(dice.between(5, 25)),
                Duration.ofMillis(dice.between(1, 40)),
                Duration.ofMillis(dice.oneIn(2) ? dice.between(1, 30) : dice.between(30, 2_000)),
                Duration.ofMillis(dice.between(150, 4_000)),
                Fault.some(dice),
                limits);
    }
}
