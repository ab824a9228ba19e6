package assent.load.work;

import assent.load.driver.Driver;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/// Connects many, a few at a time. Who fails tries again as a phone does: after a random time below a
/// ceiling that doubles. Confined to one event loop.
final class Connecting {
    private static final long FIRST_CEILING_MILLIS = 1_000;
    private static final int DOUBLINGS_MAX = 5;

    private final Driver driver;
    private final EventLoop loop;
    private final Order.Connect order;
    private final int atOnce;
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private int left;
    private int underWay;
    private CompletableFuture<Void> done = new CompletableFuture<>();

    private record Attempt(Pair pair, boolean senders, int failures) {}

    Connecting(Driver driver, EventLoop loop, List<Pair> pairs, Order.Connect order, int atOnce) {
        this.driver = driver;
        this.loop = loop;
        this.order = order;
        this.atOnce = atOnce;
        for (Pair pair : pairs) {
            // Recipients first, so that nobody writes to a phone that is only about to connect.
            if (order.side().hasRecipients() && !pair.isConnected(false)) {
                waiting.add(new Attempt(pair, false, 0));
            }
            if (order.side().hasSenders() && !pair.isConnected(true)) {
                waiting.add(new Attempt(pair, true, 0));
            }
        }
        left = waiting.size();
    }

    /// @param whenAll completed when each is connected, or has failed as often as it may
    void begin(CompletableFuture<Void> whenAll) {
        done = whenAll;
        next();
    }

    private void next() {
        while (underWay < atOnce && !waiting.isEmpty()) {
            underWay++;
            Attempt attempt = waiting.remove();
            attempt.pair.connect(driver, attempt.senders, order.remembered(), ready -> tried(attempt, ready));
        }
        if (left == 0) {
            done.complete(null);
        }
    }

    private void tried(Attempt attempt, boolean ready) {
        underWay--;
        if (ready || attempt.failures >= order.retriesMax()) {
            left--;
            next();
        } else {
            long ceiling = FIRST_CEILING_MILLIS << Math.min(attempt.failures, DOUBLINGS_MAX);
            loop.schedule(
                    () -> {
                        waiting.add(new Attempt(attempt.pair, attempt.senders, attempt.failures + 1));
                        next();
                    },
                    ThreadLocalRandom.current().nextLong(ceiling),
                    TimeUnit.MILLISECONDS);
            next();
        }
    }
}
