package assent.server.cli;

import assent.server.store.copy.StoreCopy;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/// Shows how far a copy is: a bar that is drawn over itself on a terminal, else a line now and then.
/// Confined to one thread.
final class CopyProgress implements StoreCopy.Progress {
    private static final Duration BAR_EVERY = Duration.ofMillis(200);
    private static final Duration LINE_EVERY = Duration.ofSeconds(10);
    private static final int BAR_WIDTH = 30;
    private static final int PERCENT = 100;

    private final PrintWriter err;
    private final boolean isTerminal;
    private long saidAtNanos;
    private boolean hasBar;

    CopyProgress(PrintWriter err, boolean isTerminal) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.saidAtNanos = System.nanoTime();
    }

    @Override
    public void at(StoreCopy.Step step, long done, long about) {
        long now = System.nanoTime();
        if (now - saidAtNanos < (isTerminal ? BAR_EVERY : LINE_EVERY).toNanos()) {
            return;
        }
        saidAtNanos = now;
        if (isTerminal) {
            err.print("\r" + bar(step, done, about));
            hasBar = true;
        } else {
            err.println("gateway: " + name(step) + ", " + rows(done, about));
        }
        err.flush();
    }

    private static String bar(StoreCopy.Step step, long done, long about) {
        int filled = about <= 0 ? 0 : (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / about);
        return name(step) + " [" + "#".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] " + rows(done, about);
    }

    private static String rows(long done, long about) {
        long shown = Math.max(about, done);
        return String.format(
                Locale.ROOT,
                "%,d of about %,d rows (%d %%)",
                done,
                shown,
                shown == 0 ? PERCENT : PERCENT * done / shown);
    }

    private static String name(StoreCopy.Step step) {
        return switch (step) {
            case COPYING -> "copying  ";
            case COMPARING -> "comparing";
        };
    }

    /// Leaves the bar's line.
    void end() {
        if (hasBar) {
            err.println();
            err.flush();
        }
    }
}
