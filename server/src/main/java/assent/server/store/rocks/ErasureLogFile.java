package assent.server.store.rocks;

import java.nio.file.Path;
import java.time.Clock;

/// Where a store's [ErasureLog] is, and by which clock. Immutable.
public record ErasureLogFile(Path path, Clock clock) {}
