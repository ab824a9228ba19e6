package assent.load.cli;

import assent.load.work.Counts;
import assent.load.work.Report;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// Says every two seconds how a run goes. Thread-safe.
final class Progress implements Consumer<Report.Progress> {
    private static final long EVERY_NANOS = Duration.ofSeconds(2).toNanos();

    private final Consumer<String> say;
    private final Duration expected;
    private final long beganNanos = System.nanoTime();
    private long saidNanos = beganNanos;
    private Counts since = Counts.none();
    private long connected;

    /// @param expected how long the whole takes, connecting left out; zero: nobody knows
    Progress(Consumer<String> say, Duration expected) {
        this.say = say;
        this.expected = expected;
    }

    @Override
    public synchronized void accept(Report.Progress progress) {
        since = since.plus(progress.counts().counts());
        long now = System.nanoTime();
        if (now - saidNanos < EVERY_NANOS) {
            return;
        }
        connected += since.connected()
                - since.ended().values().stream().mapToLong(Long::longValue).sum();
        double seconds = (now - saidNanos) / 1e9;
        say.accept(String.format(
                Locale.ROOT,
                "%s%,d connected, %,.0f texts/s, p99 %.1f ms%s",
                time(now),
                Math.max(0, connected),
                since.texts().done() / seconds,
                since.arrival().getValueAtPercentile(99) / 1e3,
                since.refusedTexts() + since.endedUnasked() > 0
                        ? ", " + (since.refusedTexts() + since.endedUnasked()) + " failures"
                        : ""));
        since = Counts.none();
        saidNanos = now;
    }

    private String time(long now) {
        long passed = (now - beganNanos) / 1_000_000_000;
        return expected.isZero()
                ? passed + " s: "
                : passed + " s, about " + Math.max(0, expected.toSeconds() - passed) + " s left: ";
    }
}
