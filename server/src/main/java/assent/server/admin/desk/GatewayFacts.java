package assent.server.admin.desk;

import java.time.Instant;
import java.util.function.Supplier;

/// What does not change while a gateway runs. Immutable.
///
/// @param name tells it from others, for people
/// @param address where devices connect; empty while they do not
public record GatewayFacts(String name, String version, Supplier<String> address, Instant startedAt) {}
