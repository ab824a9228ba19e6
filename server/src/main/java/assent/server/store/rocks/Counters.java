package assent.server.store.rocks;

import assent.server.keys.Keys;
import assent.server.keys.NumberMac;
import assent.server.store.Counter;
import assent.server.store.Write;
import assent.server.store.rows.CounterRow;
import assent.server.store.rows.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Counts per number, or towards a limit that many share, in windows of time. Confined to the store's writer.
///
/// If the clock jumps back, a running window goes on with what it has counted, and ends no later than a
/// whole window from the new time: nobody wins a try, and nobody is locked out for longer than a window.
final class Counters {
    private final Keys keys;
    private final Erasures erasures;

    Counters(Keys keys, Erasures erasures) {
        this.keys = keys;
        this.erasures = erasures;
    }

    Write.CountResult count(Batch batch, Write.Count write) throws RocksDBException {
        byte[] key = CounterRow.key(keys.macOf(write.number()), write.counter());
        return count(batch, key, 1, write.now(), write.max(), write.window());
    }

    Write.CountResult tally(Batch batch, Write.Tally write) throws RocksDBException {
        byte[] key = CounterRow.key(write.subject());
        return count(batch, key, write.amount(), write.now(), write.max(), write.window());
    }

    private static Write.CountResult count(Batch batch, byte[] key, int amount, Instant at, int max, Duration length)
            throws RocksDBException {
        long now = Moment.nanos(at);
        long latestEnd = Moment.nanos(at.plus(length));
        Optional<CounterRow> kept = batch.get(Table.COUNTER, key).map(CounterRow::decode);
        CounterRow window = kept.filter(row -> row.endsAtNanos() > now)
                .map(row -> new CounterRow(row.count(), Math.min(row.endsAtNanos(), latestEnd)))
                .orElse(new CounterRow(0, latestEnd));
        if (window.count() > max - Math.max(1, amount)) {
            if (kept.isPresent() && kept.get().endsAtNanos() > now) {
                replace(batch, key, kept, window);
            }
            return new Write.LimitReached(Duration.ofNanos(window.endsAtNanos() - now));
        }
        if (amount > 0) {
            replace(batch, key, kept, new CounterRow(window.count() + amount, window.endsAtNanos()));
        }
        return new Write.Counted(max - window.count() - amount);
    }

    Write.CountResult look(Batch batch, Write.Look write) throws RocksDBException {
        byte[] key = CounterRow.key(keys.macOf(write.number()), write.counter());
        long now = Moment.nanos(write.now());
        Optional<CounterRow> window =
                batch.get(Table.COUNTER, key).map(CounterRow::decode).filter(row -> row.endsAtNanos() > now);
        int counted = window.map(CounterRow::count).orElse(0);
        return counted < write.max()
                ? new Write.Counted(write.max() - counted)
                : new Write.LimitReached(Duration.ofNanos(window.orElseThrow().endsAtNanos() - now));
    }

    Write.Done takeBack(Batch batch, Write.TakeBack write) throws RocksDBException {
        return takeBack(batch, CounterRow.key(keys.macOf(write.number()), write.counter()), 1, write.now());
    }

    Write.Done untally(Batch batch, Write.Untally write) throws RocksDBException {
        return takeBack(batch, CounterRow.key(write.subject()), write.amount(), write.now());
    }

    private static Write.Done takeBack(Batch batch, byte[] key, int amount, Instant now) throws RocksDBException {
        Optional<CounterRow> kept = batch.get(Table.COUNTER, key).map(CounterRow::decode);
        if (kept.isPresent() && kept.get().count() > 0 && kept.get().endsAtNanos() > Moment.nanos(now)) {
            int left = Math.max(0, kept.get().count() - amount);
            replace(batch, key, kept, new CounterRow(left, kept.get().endsAtNanos()));
        }
        return new Write.Done();
    }

    private static void replace(Batch batch, byte[] key, Optional<CounterRow> old, CounterRow row)
            throws RocksDBException {
        if (old.isPresent() && old.get().equals(row)) {
            return;
        }
        batch.put(Table.COUNTER, key, row.encode());
        if (old.isEmpty() || old.get().endsAtNanos() != row.endsAtNanos()) {
            if (old.isPresent()) {
                batch.delete(Table.EXPIRY, expiryKey(key, old.get()));
            }
            batch.put(Table.EXPIRY, expiryKey(key, row), new byte[0]);
        }
    }

    private static byte[] expiryKey(byte[] key, CounterRow row) {
        return ExpiryKey.encode(row.endsAtNanos(), ExpiryKey.Kind.COUNTER, key);
    }

    void erase(Batch batch, NumberMac number, Counter counter) throws RocksDBException {
        byte[] key = CounterRow.key(number, counter);
        Optional<CounterRow> row = batch.get(Table.COUNTER, key).map(CounterRow::decode);
        if (row.isPresent()) {
            batch.delete(Table.COUNTER, key);
            batch.delete(Table.EXPIRY, expiryKey(key, row.get()));
        }
    }

    /// Whether there was a finished window to erase.
    boolean sweep(Batch batch, byte[] key, long nowNanos) throws RocksDBException {
        Optional<CounterRow> row = batch.get(Table.COUNTER, key).map(CounterRow::decode);
        if (row.isEmpty() || row.get().endsAtNanos() > nowNanos) {
            return false;
        }
        batch.delete(Table.COUNTER, key);
        erasures.expired(batch, Table.COUNTER, key);
        return true;
    }
}
