package assent.load.work;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// Lets time pass, and says every second what happened in it. Confined to the worker's thread.
final class Pace {
    private static final long REPORT_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Fleet fleet;
    private final Consumer<Report> reports;
    private final BooleanSupplier stopping;
    private final long beganNanos = System.nanoTime();

    Pace(Fleet fleet, Consumer<Report> reports, BooleanSupplier stopping) {
        this.fleet = fleet;
        this.reports = reports;
        this.stopping = stopping;
    }

    /// Waits for `over`, the time or the stop, whatever is first.
    ///
    /// @param measured whether this stretch counts; said in the reports
    /// @return what happened
    Counts until(BooleanSupplier over, Duration atMost, boolean measured) throws InterruptedException {
        return until(() -> over.getAsBoolean() || stopping.getAsBoolean(), measured, atMost);
    }

    /// Waits until nothing is under way; also after a stop, so that what was sent is not taken for lost.
    Counts drain(Duration atMost) throws InterruptedException {
        return until(() -> fleet.open() == 0, false, atMost);
    }

    private Counts until(BooleanSupplier over, boolean measured, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long nextReport = System.nanoTime() + REPORT_NANOS;
        Counts all = Counts.none();
        while (true) {
            long now = System.nanoTime();
            boolean ends = now >= end || over.getAsBoolean();
            if (ends || now >= nextReport) {
                Counts interval = fleet.take();
                all = all.plus(interval);
                reports.accept(new Report.Progress(
                        (System.nanoTime() - beganNanos) / 1_000_000, CountsForm.of(interval), measured));
                nextReport += REPORT_NANOS;
            }
            if (ends) {
                return all;
            }
            Thread.sleep(LOOK.toNanos() < end - now ? LOOK : Duration.ofNanos(Math.max(0, end - now)));
        }
    }

    Counts pass(Duration time, boolean measured) throws InterruptedException {
        return until(() -> false, time, measured);
    }
}
