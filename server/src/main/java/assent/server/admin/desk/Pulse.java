package assent.server.admin.desk;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the gateway's figures once a second and remembers the last five minutes. Thread-safe.
public final class Pulse implements AutoCloseable {
    /// Five minutes and the one before, which rates need.
    public static final int SAMPLES_MAX = 301;

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final Supplier<Sample> source;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("assent-pulse").factory());
    private final Deque<Sample> samples = new ArrayDeque<>(); // guarded by this
    private long beats; // guarded by this

    public Pulse(Supplier<Sample> source) {
        this.source = source;
    }

    public void start() {
        thread.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
    }

    private void beat() {
        try {
            beat(source.get());
        } catch (RuntimeException e) {
            LOG.warn("The gateway's figures could not be read; the console shows a gap", e);
        }
    }

    synchronized void beat(Sample sample) {
        samples.addLast(sample);
        if (samples.size() > SAMPLES_MAX) {
            samples.removeFirst();
        }
        beats++;
        notifyAll();
    }

    /// The newest last.
    public synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }

    /// Waits for a beat after the one with this number.
    ///
    /// @return its number
    public synchronized long await(long seen) throws InterruptedException {
        while (beats <= seen) {
            wait();
        }
        return beats;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
