package assent.server.admin.desk;

import java.time.Instant;

/// What does not change while a gateway runs. Immutable.
///
/// @param name tells it from others, for people
/// @param address where devices connect
public record GatewayFacts(String name, String version, String address, Instant startedAt) {}
