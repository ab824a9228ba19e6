package assent.load.report;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A condition under which a run has failed, such as `p99>50ms`, `answer.p99.9>=1s`, `rate<2000`, `lost>0`
/// or `memoryKibPerConnection>10`. Immutable.
public record FailIf(String text, String metric, Comparator comparator, double limit) {
    private static final Pattern FORM =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9.]*)\\s*(<=|>=|<|>)\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(us|ms|s)?\\s*");

    /// How the metric stands to the limit.
    public enum Comparator {
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String sign;

        Comparator(String sign) {
            this.sign = sign;
        }

        private boolean holds(double value, double limit) {
            return switch (this) {
                case LESS -> value < limit;
                case LESS_OR_EQUAL -> value <= limit;
                case GREATER -> value > limit;
                case GREATER_OR_EQUAL -> value >= limit;
            };
        }

        private static Comparator of(String sign) {
            for (Comparator comparator : values()) {
                if (comparator.sign.equals(sign)) {
                    return comparator;
                }
            }
            throw new IllegalArgumentException(sign);
        }
    }

    /// @throws IllegalArgumentException if it is none; the message is for people
    public static FailIf parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no condition; expected a metric, <, <=, > or >=, and a"
                            + " number, with us, ms or s for latencies, such as 'p99>50ms' or 'rate<2000'");
        }
        String metric = matcher.group(1);
        String unit = matcher.group(4);
        if (isLatency(metric) != (unit != null)) {
            throw new IllegalArgumentException("'" + text + "': " + metric
                    + (unit == null ? " is a latency; add us, ms or s" : " is no latency; leave '" + unit + "' out"));
        }
        double number = Double.parseDouble(matcher.group(3));
        return new FailIf(text.strip(), metric, Comparator.of(matcher.group(2)), number * micros(unit));
    }

    private static double micros(@Nullable String unit) {
        return switch (unit) {
            case null -> 1;
            case "ms" -> 1e3;
            case "s" -> 1e6;
            default -> 1;
        };
    }

    private static boolean isLatency(String metric) {
        String last = metric.replaceFirst("^(answer|connecting)\\.", "");
        return last.matches("p50|p90|p99|p99\\.9|max|mean");
    }

    /// Whether the run has failed by it.
    ///
    /// @throws IllegalArgumentException if the run has no such metric
    public boolean isMetBy(RunResult run) {
        OptionalDouble value = value(run);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + metric + "' is no metric of this run; expected p50, p90, p99, p99.9,"
                            + " max or mean, the same after 'answer.' or 'connecting.', rate, cpu, lost, refused, faults, or one of "
                            + run.figures().keySet());
        }
        return comparator.holds(value.getAsDouble(), limit);
    }

    private OptionalDouble value(RunResult run) {
        if (isLatency(metric)) {
            return OptionalDouble.of(latency(run));
        }
        Double figure = run.figures().get(metric);
        if (figure != null) {
            return OptionalDouble.of(figure);
        }
        return switch (metric.toLowerCase(Locale.ROOT)) {
            case "rate" -> OptionalDouble.of(run.textsPerSecond());
            case "cpu" -> OptionalDouble.of(run.serverCpuMicrosPerText());
            case "lost" -> OptionalDouble.of((double) run.lost());
            case "refused" -> OptionalDouble.of((double) run.refused());
            case "faults" -> OptionalDouble.of(run.faults().size());
            default -> OptionalDouble.empty();
        };
    }

    private double latency(RunResult run) {
        Latency of = metric.startsWith("answer.")
                ? run.answer()
                : metric.startsWith("connecting.") ? run.connecting() : run.arrival();
        return switch (metric.substring(
                metric.startsWith("p") || metric.startsWith("m") ? 0 : metric.indexOf('.') + 1)) {
            case "p50" -> of.p50();
            case "p90" -> of.p90();
            case "p99" -> of.p99();
            case "p99.9" -> of.p999();
            case "max" -> of.max();
            default -> of.mean();
        };
    }
}
