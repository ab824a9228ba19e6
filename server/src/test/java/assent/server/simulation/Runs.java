package assent.server.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The seeds that are asked for, one after the other, and what they came to. Confined to one thread.
final class Runs {
    private static final Path FOLDER = Path.of("target", "simulation");
    private static final long SEEDS = 1_000;
    private static final int TAIL_LINES = 40;

    private final Map<String, Long> counts = new TreeMap<>();
    private Duration processorTime = Duration.ZERO;
    private final long one = setting("seed", -1);
    private final long first = one >= 0 ? one : setting("first", 1);
    private final long seeds = one >= 0 ? 1 : setting("seeds", SEEDS);

    private static long setting(String name, long otherwise) {
        String value = System.getProperty("assent.simulation." + name);
        if (value == null) {
            value = System.getenv("ASSENT_SIMULATION_" + name.toUpperCase(Locale.ROOT));
        }
        return value == null ? otherwise : Long.parseLong(value);
    }

    boolean isWholeSuite() {
        return seeds >= SEEDS;
    }

    /// What a thousand seeds took of a processor: time on the clock would be the other work's, too.
    Duration processorTimeOfAThousand() {
        return processorTime.multipliedBy(1_000).dividedBy(seeds);
    }

    /// How often each state was reached in all runs.
    Map<String, Long> counts() {
        return counts;
    }

    void all(Consumer<Report> each) {
        var thread = ManagementFactory.getThreadMXBean();
        long startedNanos = System.nanoTime();
        long startedProcessorNanos = thread.getCurrentThreadCpuTime();
        long events = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            Report report = Simulation.run(seed, one >= 0, world -> {});
            report.journal().counts().forEach((state, times) -> counts.merge(state, times, Long::sum));
            events += report.journal().events();
            if (one >= 0) {
                write(report);
            }
            each.accept(report);
        }
        processorTime = Duration.ofNanos(thread.getCurrentThreadCpuTime() - startedProcessorNanos);
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        var lines = new ArrayList<String>();
        lines.add(String.format(
                Locale.ROOT,
                "%d seeds from %d, %d events, %.1f s, %.0f seeds/s, %.1f s of a processor",
                seeds,
                first,
                events,
                seconds,
                seeds / seconds,
                processorTime.toMillis() / 1e3));
        counts.forEach((state, times) -> lines.add(String.format(Locale.ROOT, "%10d  %s", times, state)));
        write("figures.txt", lines);
    }

    /// Runs a broken world again, now with its journal, and says what there is to see.
    AssertionError explain(Report report, Throwable broken) {
        Report again = Simulation.run(report.seed(), true, world -> {});
        Path file = write(again);
        List<String> lines = again.journal().lines();
        String replay = again.journal().digest() == report.journal().digest()
                ? "The same seed did the same again."
                : "The same seed did something else the second time: something is not out of the seed.";
        return new AssertionError(
                String.format(
                        "seed %d: %s%n%s To see it: ASSENT_SIMULATION_SEED=%d. %s%nIts journal is in %s and ends:%n%s",
                        report.seed(),
                        broken.getMessage(),
                        replay,
                        report.seed(),
                        report.weather(),
                        file,
                        String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()))),
                broken);
    }

    private static Path write(Report report) {
        var lines = new ArrayList<>(report.journal().lines());
        lines.addFirst(report.weather().toString());
        report.broken().ifPresent(broken -> lines.add("BROKEN: " + broken.getMessage()));
        return write("seed-" + report.seed() + ".txt", lines);
    }

    private static Path write(String name, List<String> lines) {
        try {
            Files.createDirectories(FOLDER);
            return Files.write(FOLDER.resolve(name), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
