package assent.sim.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Says every few seconds how far the exchange is, in plain lines. Confined to one thread.
final class Progress implements Consumer<Tally> {
    private static final Duration EVERY = Duration.ofSeconds(3);

    private final PrintWriter err;
    private final long count;
    private final long startedAtNanos = System.nanoTime();
    private long saidAtNanos = startedAtNanos;

    Progress(PrintWriter err, long count) {
        this.err = err;
        this.count = count;
    }

    @Override
    public void accept(Tally tally) {
        long now = System.nanoTime();
        if (now - saidAtNanos < EVERY.toNanos()) {
            return;
        }
        saidAtNanos = now;
        double perSecond = tally.delivered * 1e9 / (now - startedAtNanos);
        String left = perSecond < 1 ? "?" : String.valueOf(Math.round((count - tally.delivered) / perSecond));
        err.println(String.format(
                Locale.ROOT,
                "demo: %,d of %,d texts delivered, %,.0f a second, about %s s left",
                tally.delivered,
                count,
                perSecond,
                left));
        err.flush();
    }
}
