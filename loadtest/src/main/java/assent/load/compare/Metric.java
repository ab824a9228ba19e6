package assent.load.compare;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What is read off a round. Immutable.
///
/// @param name with its unit
/// @param targets by contestant: the largest ratio that is aimed for, to whom the others are compared with
public record Metric(String name, int digits, ToDoubleFunction<Round> of, Map<String, Double> targets) {
    /// The name of what a text costs.
    static final String CPU_PER_TEXT = "server CPU, us per text";

    /// The same, held against other targets.
    Metric aimingAt(Map<String, Double> others) {
        return new Metric(name, digits, of, others);
    }
}
