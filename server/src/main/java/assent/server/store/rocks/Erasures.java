package assent.server.store.rocks;

import java.time.Duration;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Notes which deletions must also leave the files, and by when. What a user or a newer phone had erased
/// goes within the configured time; what expired by itself goes along, or within an hour.
///
/// Marks bear the number of a round: a round takes those of earlier numbers only, so that a deletion
/// that comes while files are rewritten is not taken for done. Confined to [Steps].
final class Erasures {
    /// How long what expired by itself may wait for its rewriting: abandoned activations come all the
    /// time, and their rows are sealed.
    private static final Duration EXPIRED_WAITS_MAX = Duration.ofMinutes(30);

    private final Duration waitMax;
    private long round;
    private Optional<Duration> soonestOfStep = Optional.empty();

    /// @param waitMax how long what a user had erased may wait for a round
    Erasures(long generation, Duration waitMax) {
        this.round = generation << 32;
        this.waitMax = waitMax;
    }

    /// A row under `key`, or under a key that begins like it, is erased by this step.
    void erased(Batch batch, Table table, byte[] key) throws RocksDBException {
        mark(batch, table, key, waitMax);
    }

    /// Likewise, because its time was over.
    void expired(Batch batch, Table table, byte[] key) throws RocksDBException {
        mark(batch, table, key, EXPIRED_WAITS_MAX.compareTo(waitMax) > 0 ? EXPIRED_WAITS_MAX : waitMax);
    }

    private void mark(Batch batch, Table table, byte[] key, Duration wait) throws RocksDBException {
        batch.put(Table.META, ErasureMark.of(round, table, key).encode(), new byte[0]);
        soonestOfStep = Optional.of(
                soonestOfStep.filter(soonest -> soonest.compareTo(wait) < 0).orElse(wait));
    }

    /// The step is on the disk, or failed.
    ///
    /// @return how soon a round has to begin, if the step erased something
    Optional<Duration> endStep(boolean written) {
        Optional<Duration> soonest = written ? soonestOfStep : Optional.empty();
        soonestOfStep = Optional.empty();
        return soonest;
    }

    /// Ends the round: what is noted from now on is the next one's.
    ///
    /// @return the first number that the round does not take
    long endRound() {
        return ++round;
    }
}
