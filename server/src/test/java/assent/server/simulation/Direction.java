package assent.server.simulation;

import java.time.Duration;
import java.util.function.Consumer;

/// One way of a connection: what is sent arrives later, in order, unless it is cut. Confined to one
/// thread.
///
/// @param <F> frames
final class Direction<F> {
    private final VirtualTime time;
    private final Dice dice;
    private final Duration latencyMax;
    private final Consumer<F> arrives;
    private long lastArrivalNanos;
    private int bytesUnderWay;
    private boolean ended;
    private boolean cut;

    Direction(VirtualTime time, Dice dice, Duration latencyMax, Consumer<F> arrives) {
        this.time = time;
        this.dice = dice;
        this.latencyMax = latencyMax;
        this.arrives = arrives;
    }

    /// Frames after the end are dropped.
    void send(F frame, int bytes) {
        if (ended) {
            return;
        }
        bytesUnderWay += bytes;
        Duration latency = dice.upTo(dice.oneIn(30) ? latencyMax.multipliedBy(10) : latencyMax);
        inOrder(latency, () -> {
            if (!cut) {
                bytesUnderWay -= bytes;
                arrives.accept(frame);
            }
        });
    }

    private void inOrder(Duration latency, Runnable what) {
        lastArrivalNanos = Math.max(lastArrivalNanos, time.nanos() + latency.toNanos());
        time.at(lastArrivalNanos, what);
    }

    /// The receiving side takes nothing before this moment.
    void stall(Duration length) {
        lastArrivalNanos = Math.max(lastArrivalNanos, time.nanos() + length.toNanos());
    }

    int bytesUnderWay() {
        return bytesUnderWay;
    }

    /// Nothing more is sent; afterwards, when what is under way has arrived or would have, `then`.
    void end(Runnable then) {
        ended = true;
        inOrder(dice.upTo(latencyMax), then);
    }

    /// What is under way is lost, too.
    void cut() {
        ended = true;
        cut = true;
    }
}
