package assent.sim.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one fault has shown. Immutable.
///
/// @param faults how often it struck
/// @param recoveries from each strike to the first text that was acknowledged after it
/// @param figures whatever else was measured
/// @param problems promises that were not kept, in words; empty is good
/// @param skipped why it was not run at all
record FaultReport(
        String fault,
        Verdict verdict,
        int faults,
        List<Duration> recoveries,
        Map<String, Object> figures,
        List<String> problems,
        Optional<String> skipped) {
    FaultReport {
        recoveries = List.copyOf(recoveries);
        problems = List.copyOf(problems);
    }

    static FaultReport skipped(String fault, String why) {
        return new FaultReport(fault, Verdict.NOTHING, 0, List.of(), Map.of(), List.of(), Optional.of(why));
    }

    static FaultReport failed(String fault, String problem) {
        return new FaultReport(fault, Verdict.NOTHING, 0, List.of(), Map.of(), List.of(problem), Optional.empty());
    }

    boolean isGood() {
        return problems.isEmpty();
    }

    /// A report that is still being written. Confined to one thread.
    static final class Draft {
        private final String fault;
        private final List<Duration> recoveries = new ArrayList<>();
        private final Map<String, Object> figures = new LinkedHashMap<>();
        private final List<String> problems = new ArrayList<>();
        private Verdict verdict = Verdict.NOTHING;
        private int faults;

        Draft(String fault) {
            this.fault = fault;
        }

        void struck() {
            faults++;
        }

        int faults() {
            return faults;
        }

        void recovered(Duration after) {
            recoveries.add(after);
        }

        void figure(String name, Object value) {
            figures.put(name, value);
        }

        /// Notes a promise, and a problem if it is not kept.
        void expect(boolean kept, String promise) {
            if (!kept) {
                problems.add(promise);
            }
        }

        /// Adds the texts of a finished workload, which must be clean.
        void add(Verdict more) {
            verdict = verdict.plus(more);
            expect(
                    more.isClean(),
                    "every acknowledged text is shown exactly once, in order, and none that fell back: " + more);
        }

        FaultReport done() {
            return new FaultReport(fault, verdict, faults, recoveries, figures, problems, Optional.empty());
        }
    }
}
