package assent.server.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What happened, in order: as a digest always, line by line if somebody wants to read it; and how often
/// which state was reached. Confined to one thread.
final class Journal {
    private final VirtualTime time;
    private final boolean inFull;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private long digest = 1;
    private long events;

    Journal(VirtualTime time, boolean inFull) {
        this.time = time;
        this.inFull = inFull;
    }

    void note(String what) {
        events++;
        digest = (digest * 31 + time.nanos()) * 31 + what.hashCode();
        if (inFull) {
            lines.add(String.format("%13.6f  %s", time.nanos() / 1e9, what));
        }
    }

    /// Counts a state that was reached.
    void count(String state) {
        count(state, 1);
    }

    void count(String state, long times) {
        counts.merge(state, times, Long::sum);
    }

    List<String> lines() {
        return lines;
    }

    Map<String, Long> counts() {
        return counts;
    }

    /// Equal for equal runs.
    long digest() {
        return digest;
    }

    long events() {
        return events;
    }
}
