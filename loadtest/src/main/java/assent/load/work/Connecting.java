package assent.load.work;

import assent.load.driver.Driver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Connects many, a few at a time. Confined to one event loop.
final class Connecting {
    private final Driver driver;
    private final boolean remembered;
    private final int atOnce;
    private final Deque<Attempt> waiting = new ArrayDeque<>();
    private int underWay;
    private CompletableFuture<Void> done = new CompletableFuture<>();

    private record Attempt(Pair pair, boolean senders) {}

    Connecting(Driver driver, List<Pair> pairs, Order.Connect order, int atOnce) {
        this.driver = driver;
        this.remembered = order.remembered();
        this.atOnce = atOnce;
        for (Pair pair : pairs) {
            // Recipients first, so that nobody writes to a phone that is only about to connect.
            if (order.side().hasRecipients() && !pair.isConnected(false)) {
                waiting.add(new Attempt(pair, false));
            }
            if (order.side().hasSenders() && !pair.isConnected(true)) {
                waiting.add(new Attempt(pair, true));
            }
        }
    }

    /// @param whenAll completed when each has tried
    void begin(CompletableFuture<Void> whenAll) {
        done = whenAll;
        next();
    }

    private void next() {
        while (underWay < atOnce && !waiting.isEmpty()) {
            underWay++;
            Attempt attempt = waiting.remove();
            attempt.pair.connect(driver, attempt.senders, remembered, () -> {
                underWay--;
                next();
            });
        }
        if (underWay == 0) {
            done.complete(null);
        }
    }
}
