package assent.load.compare;

import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What is read off a round. Immutable.
///
/// @param name with its unit
/// @param targets by contestant: the largest ratio to Mosquitto that is aimed for
public record Metric(String name, int digits, ToDoubleFunction<Round> of, Map<String, Double> targets) {}
