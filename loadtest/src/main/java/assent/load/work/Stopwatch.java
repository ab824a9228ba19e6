package assent.load.work;

/// Time, and what a server's process uses meanwhile. Confined to one thread.
final class Stopwatch {
    private final long pid;
    private final long cpuBefore;
    private final long beganNanos = System.nanoTime();
    private double cpuMicros;
    private double seconds;

    /// Starts it.
    ///
    /// @param pid 0: nobody's processor time
    Stopwatch(long pid) {
        this.pid = pid;
        this.cpuBefore = cpu();
    }

    private long cpu() {
        return pid == 0 ? 0 : ProcessCpu.micros(pid);
    }

    void stop() {
        cpuMicros = cpu() - cpuBefore;
        seconds = (System.nanoTime() - beganNanos) / 1e9;
    }

    /// @param counts between start and stop
    /// @param after what came later
    Report.Stretch stretch(Counts counts, Counts after, long lost) {
        return new Report.Stretch(CountsForm.of(counts), seconds, cpuMicros, CountsForm.of(after), lost);
    }
}
