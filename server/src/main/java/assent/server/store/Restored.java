package assent.server.store;

import java.time.Instant;

/// A backup that was put back, and what was erased from it before anybody was let in. Immutable.
///
/// @param backupAt when the backup began
/// @param erased activations that had been withdrawn since, or given to another device
public record Restored(Instant backupAt, int erased) {}
