package assent.server.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Many seeds, each a world of its own, and every promise kept in all of them.
@ExtendWith(QuietLog.class)
class SimulationTest {
    private static long setting(String name, long otherwise) {
        String value = System.getProperty("assent.simulation." + name);
        if (value == null) {
            value = System.getenv("ASSENT_SIMULATION_" + name.toUpperCase(java.util.Locale.ROOT));
        }
        return value == null ? otherwise : Long.parseLong(value);
    }

    @Test
    void everyPromiseIsKeptInEveryWeather() throws IOException {
        long first = setting("seed", setting("first", 1));
        long seeds = setting("seed", -1) < 0 ? setting("seeds", 1_000) : 1;
        Map<String, Long> counts = new TreeMap<>();
        long events = 0;
        int failed = 0;
        long started = System.nanoTime();
        for (long seed = first; seed < first + seeds; seed++) {
            Report report = Simulation.run(seed, false, world -> {});
            report.journal().counts().forEach((state, times) -> counts.merge(state, times, Long::sum));
            events += report.journal().events();
            if (report.broken().isPresent()) {
                System.err.println(seed + " " + report.broken().get());
                if (++failed == 1) {
                    Report again = Simulation.run(seed, true, world -> {});
                    Files.write(Path.of("/tmp/sim-trace"), again.journal().lines());
                    report.broken().get().printStackTrace();
                }
            }
        }
        System.err.println(counts);
        System.err.println(seeds + " seeds, " + events + " events " + (System.nanoTime() - started) / 1e9 + " s; failed " + failed);
        assertThat(failed).isZero();
    }
}
