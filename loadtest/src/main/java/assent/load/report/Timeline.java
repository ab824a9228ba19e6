package assent.load.report;

import assent.load.server.ProcessMemory;
import assent.load.work.Counts;
import assent.load.work.ProcessCpu;
import assent.load.work.Report;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A run second by second: what the workers report, added up, beside what the server's process uses. Old
/// seconds are kept as a few numbers, since a histogram for each of a long run would not fit into memory.
/// Thread-safe.
public final class Timeline implements AutoCloseable {
    /// Workers report a second at most this much later.
    private static final int SECONDS_OPEN = 5;

    private final long beganNanos = System.nanoTime();
    private final Map<Long, Counts> open = new TreeMap<>();
    private final Map<Long, Boolean> measured = new TreeMap<>();
    private final Map<Long, ServerSample> samples = new TreeMap<>();
    private final List<Point> points = new ArrayList<>();
    private final Thread sampler;
    private final long pid;

    /// @param pid of the server
    public Timeline(long pid) {
        this.pid = pid;
        this.sampler = Thread.ofPlatform().daemon().name("sampler").start(this::sample);
    }

    /// One worker's second.
    public synchronized void add(Report.Progress progress) {
        long second = second();
        open.merge(second, progress.counts().counts(), Counts::plus);
        measured.merge(second, progress.measured(), Boolean::logicalOr);
        settle(second - SECONDS_OPEN);
    }

    private long second() {
        return (System.nanoTime() - beganNanos) / 1_000_000_000;
    }

    private void settle(long through) {
        open.entrySet().removeIf(entry -> {
            long second = entry.getKey();
            if (second > through) {
                return false;
            }
            points.add(Point.of(
                    second,
                    measured.getOrDefault(second, false),
                    entry.getValue(),
                    samples.getOrDefault(second, ServerSample.NONE)));
            return true;
        });
    }

    private void sample() {
        var memory = new ProcessMemory(pid, false);
        try {
            long cpuBefore = ProcessCpu.micros(pid);
            long before = System.nanoTime();
            while (true) {
                Thread.sleep(Duration.ofSeconds(1));
                long cpu = ProcessCpu.micros(pid);
                long now = System.nanoTime();
                var sample = new ServerSample(
                        (cpu - cpuBefore) * 1e5 / (now - before), memory.residentKib() / 1024.0, memory.files());
                synchronized (this) {
                    samples.put(second(), sample);
                }
                cpuBefore = cpu;
                before = now;
            }
        } catch (InterruptedException | UncheckedIOException e) {
            // The run has ended, or the server has.
        }
    }

    /// All seconds so far.
    public synchronized List<Point> points() {
        settle(Long.MAX_VALUE);
        return List.copyOf(points);
    }

    @Override
    public void close() {
        sampler.interrupt();
    }
}
