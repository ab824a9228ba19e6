package assent.server.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// Whether this machine's clock can be believed. Lifetimes and deadlines are judged by it over a
/// restart, and receipts carry it.
public final class WallClock {
    /// What systemd-timesyncd leaves once the clock has been set from the network.
    private static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

    private static final Duration TOLERATED = Duration.ofMinutes(1);

    private WallClock() {}

    /// Compares the clock with the newest file of the store, which it cannot be behind.
    ///
    /// @throws IOException if the folder cannot be read
    public static Finding look(Path storeFolder, Clock clock) throws IOException {
        return judge(clock.instant(), newest(storeFolder), timesyncSays());
    }

    /// Whether the clock follows the network's, if systemd-timesyncd is there to say.
    private static Optional<Boolean> timesyncSays() {
        Path folder = SYNCHRONIZED.getParent();
        return folder != null && Files.isDirectory(folder) ? Optional.of(Files.exists(SYNCHRONIZED)) : Optional.empty();
    }

    private static Optional<Instant> newest(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        Optional<Instant> newest = Optional.empty();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Instant written = Files.getLastModifiedTime(file).toInstant();
                if (newest.isEmpty() || written.isAfter(newest.get())) {
                    newest = Optional.of(written);
                }
            }
        }
        return newest;
    }

    static Finding judge(Instant now, Optional<Instant> newest, Optional<Boolean> synced) {
        if (newest.isPresent() && newest.get().isAfter(now.plus(TOLERATED))) {
            return Finding.bad(
                    "the clock says " + now + ", but the store was written at " + newest.get() + ": it was set back",
                    "Set the clock before the gateway starts: lifetimes and deadlines go by it");
        }
        if (synced.isPresent() && !synced.get()) {
            return Finding.warning(
                    "the clock says " + now + " and has not been set from the network since the machine started",
                    "Look at `timedatectl timesync-status`");
        }
        return Finding.good("the clock says " + now
                + (synced.isPresent() ? ", set from the network" : "; who sets it cannot be seen from here"));
    }
}
