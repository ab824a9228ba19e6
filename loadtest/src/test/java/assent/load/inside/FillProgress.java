package assent.load.inside;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Says every few seconds how far it is, how fast, and how long it will take. Confined to one thread.
final class FillProgress {
    private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

    private final int count;
    private final Consumer<String> say;
    private long saidNanos = System.nanoTime();
    private int said;

    FillProgress(int count, Consumer<String> say) {
        this.count = count;
        this.say = say;
    }

    void reached(int now) {
        long nanos = System.nanoTime();
        if (nanos - saidNanos >= EVERY_NANOS || now == count) {
            say.accept(text(said, now, count, nanos - saidNanos));
            saidNanos = nanos;
            said = now;
        }
    }

    /// @param nanos from `before` to `now`
    static String text(int before, int now, int count, long nanos) {
        double perSecond = (now - before) / (nanos / 1e9);
        return String.format(
                Locale.ROOT,
                "%,d of %,d, %,.0f a second, %,.0f s left",
                now,
                count,
                perSecond,
                (count - now) / perSecond);
    }
}
