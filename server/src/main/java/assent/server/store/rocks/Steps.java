package assent.server.store.rocks;

import assent.server.store.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/// Durable steps, one after another, until one fails for good. Thread-safe: who comes second waits.
final class Steps {
    private final Path folder;
    private final Database database;

    /// Written by whoever has this locked.
    private volatile Optional<StoreException> finalFailure = Optional.empty();

    Steps(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    interface Work<R> {
        R in(Batch step) throws RocksDBException, StoreException;
    }

    /// Does `work`, then makes what it put and deleted durable.
    synchronized <R> R run(Work<R> work) throws RocksDBException, StoreException {
        try (var step = new Batch(database)) {
            R result = work.in(step);
            commit(step);
            return result;
        }
    }

    private void commit(Batch step) throws RocksDBException, StoreException {
        if (finalFailure.isPresent()) {
            throw finalFailure.get();
        }
        try {
            step.commit();
        } catch (RocksDBException e) {
            if (isDiskFull(e)) {
                throw e;
            }
            var failure = StoreException.lasting(
                    "What was to be kept in the store in " + folder + " could not be made durable (" + e.getMessage()
                            + "). After that nobody knows what is on the disk, so this gateway keeps nothing more."
                            + " What it acknowledged before is not touched by this. Check the disk and the system's"
                            + " log, then start the gateway again.",
                    e);
            finalFailure = Optional.of(failure);
            throw failure;
        }
    }

    /// Whether a step failed for good, so that nobody knows what is on the disk.
    boolean haveFailed() {
        return finalFailure.isPresent();
    }

    private static boolean isDiskFull(RocksDBException e) {
        Status status = e.getStatus();
        return status != null && status.getSubCode() == Status.SubCode.NoSpace;
    }
}
