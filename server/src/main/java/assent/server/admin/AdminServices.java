package assent.server.admin;

import assent.server.admin.desk.GatewayFacts;
import assent.server.admin.desk.Health;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.function.Supplier;

/// What the admin plane works with. Each of them is thread-safe.
///
/// @param exposition all meters in Prometheus' text format
public record AdminServices(
        GatewayFacts facts, Health health, MeterRegistry meters, Supplier<String> exposition, Clock clock) {}
