package assent.load.work;

import assent.load.driver.Driver;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Phones that go away and come back: recipients of one event loop, one after the other. Confined to
/// that loop.
final class Churn {
    private final Driver driver;
    private final EventLoop loop;
    private final List<Pair> pairs;
    private final Order.GoingAway order;
    private final ScheduledFuture<?> task;
    private int next;
    private boolean stopped;

    /// @param pairs those that take part
    Churn(Driver driver, EventLoop loop, List<Pair> pairs, Order.GoingAway order) {
        this.driver = driver;
        this.loop = loop;
        this.pairs = List.copyOf(pairs);
        this.order = order;
        long every = Math.round(1e9 / order.perSecond());
        this.task = loop.scheduleAtFixedRate(this::oneGoes, every, every, TimeUnit.NANOSECONDS);
    }

    private void oneGoes() {
        if (pairs.isEmpty()) {
            return;
        }
        Pair pair = pairs.get(next++ % pairs.size());
        if (pair.isConnected(false)) {
            pair.disconnect(false);
            loop.schedule(() -> comesBack(pair), order.awayMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void comesBack(Pair pair) {
        pair.connect(driver, false, true, ready -> {
            if (!ready && !stopped) {
                loop.schedule(() -> comesBack(pair), order.awayMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    /// Nobody goes any more; who is away comes back.
    void stop() {
        stopped = true;
        task.cancel(false);
    }
}
