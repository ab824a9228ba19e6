package assent.load.work;

import java.util.List;

/// When texts are to be sent: one stretch of constant rate after the other. An open model: the times are
/// fixed beforehand and do not wait for anybody. Immutable.
///
/// @param steps at least one
public record Schedule(List<Step> steps) {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /// @param perSecond texts; above 0
    public record Step(double perSecond, long millis) {
        public Step {
            if (!(perSecond > 0) || millis < 1) {
                throw new IllegalArgumentException("a step has " + perSecond + " texts a second for " + millis
                        + " ms; expected more than 0 for at least 1 ms");
            }
        }

        private long texts() {
            return Math.round(perSecond * millis / 1_000);
        }
    }

    public Schedule {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a schedule has no steps; expected one at least");
        }
    }

    /// Each rate divided by `parts`.
    public Schedule share(int parts) {
        return new Schedule(steps.stream()
                .map(step -> new Step(step.perSecond / parts, step.millis))
                .toList());
    }

    public long millis() {
        return steps.stream().mapToLong(Step::millis).sum();
    }

    /// How many texts there are.
    long texts() {
        return steps.stream().mapToLong(Step::texts).sum();
    }

    /// When text `index`, from 0, is to be sent, in nanoseconds from the beginning.
    long nanos(long index) {
        long before = 0;
        double begins = 0;
        for (Step step : steps) {
            if (index - before < step.texts()) {
                return Math.round(begins + (index - before) * NANOS_PER_SECOND / step.perSecond);
            }
            before += step.texts();
            begins += step.millis * NANOS_PER_MILLI;
        }
        throw new IndexOutOfBoundsException("the schedule has " + before + " texts, not " + (index + 1));
    }
}
