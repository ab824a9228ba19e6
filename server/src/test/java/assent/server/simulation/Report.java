package assent.server.simulation;

import java.util.Optional;

/// How one simulation went.
///
/// @param broken what must not happen and did
/// @param nanos how long it was, in virtual time
record Report(long seed, Optional<Throwable> broken, Weather weather, Journal journal, long nanos) {}
