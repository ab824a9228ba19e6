package assent.server.store.rocks;

import assent.server.keys.NumberMac;
import assent.server.store.Counter;
import assent.server.store.PinHash;
import assent.server.store.Write;
import assent.server.store.rows.PinRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/// Registration PINs, under the MACs of their numbers. Confined to the store's writer.
final class Pins {
    private final Counters counters;
    private final Erasures erasures;

    Pins(Counters counters, Erasures erasures) {
        this.counters = counters;
        this.erasures = erasures;
    }

    private static Optional<PinRow> find(Batch batch, NumberMac number) throws RocksDBException {
        return batch.get(Table.PIN, number.toArray()).map(PinRow::decode);
    }

    Write.SetPinResult set(Batch batch, Write.SetPin write) throws RocksDBException {
        Optional<byte[]> number = batch.get(Table.DEVICE, write.deviceId().toArray());
        if (number.isEmpty()) {
            return new Write.NotActive();
        }
        if (write.pin().isPresent()) {
            put(batch, number.get(), PinRow.of(write.pin().get(), write.now()));
        } else {
            batch.delete(Table.PIN, number.get());
            erasures.erased(batch, Table.PIN, number.get());
        }
        return new Write.PinKept();
    }

    Write.Done seen(Batch batch, Write.Seen write) throws RocksDBException {
        Optional<byte[]> number = batch.get(Table.DEVICE, write.deviceId().toArray());
        Optional<PinRow> row = number.isPresent() ? find(batch, NumberMac.read(number.get(), 0)) : Optional.empty();
        if (row.isPresent() && row.get().seenDay() < PinRow.day(write.now())) {
            put(batch, number.orElseThrow(), row.get().seen(write.now()));
        }
        return new Write.Done();
    }

    /// The PIN that stands between the number and a new device: none if there is none, if it was passed,
    /// or if nobody with the number was seen for so long that it may well have another user.
    Optional<PinHash> gate(Batch batch, NumberMac number, Write.Activate write) throws RocksDBException {
        return find(batch, number)
                .filter(row ->
                        write.now().isBefore(row.protectedUntil(write.pinRule().protection())))
                .filter(row -> !isPassed(row, write))
                .map(PinRow::pin);
    }

    private static boolean isPassed(PinRow row, Write.Activate write) {
        return write.pinRule().passed().map(row.pin().salt()::equals).orElse(false);
    }

    /// A new device has the number: the PIN stays if it was passed, and goes with its user otherwise.
    void pass(Batch batch, NumberMac number, Write.Activate write) throws RocksDBException {
        Optional<PinRow> row = find(batch, number);
        if (row.isPresent()) {
            erase(batch, number, row.get());
            counters.erase(batch, number, Counter.PIN_TRIES);
            if (isPassed(row.get(), write)) {
                put(batch, number.toArray(), row.get().seen(write.now()));
            }
        }
    }

    /// The number's device withdrew: nothing stays.
    void erase(Batch batch, NumberMac number) throws RocksDBException {
        Optional<PinRow> row = find(batch, number);
        if (row.isPresent()) {
            erase(batch, number, row.get());
        }
        counters.erase(batch, number, Counter.PIN_TRIES);
    }

    /// Somebody who gets the number's SMS withdrew it, perhaps not its user: the PIN goes on
    /// protecting the number from being activated until its time is over.
    ///
    /// @return until when; empty if nothing stays
    Optional<Instant> orphan(Batch batch, NumberMac number, Instant now, Duration protection) throws RocksDBException {
        Optional<PinRow> row = find(batch, number);
        if (row.isEmpty() || !now.isBefore(row.get().protectedUntil(protection))) {
            erase(batch, number);
            return Optional.empty();
        }
        if (!row.get().isOrphan()) {
            PinRow orphan = row.get().orphaned(protection);
            put(batch, number.toArray(), orphan);
            batch.put(Table.EXPIRY, expiryKey(orphan, number), new byte[0]);
        }
        return Optional.of(row.get().protectedUntil(protection));
    }

    private static void put(Batch batch, byte[] key, PinRow row) throws RocksDBException {
        batch.put(Table.PIN, key, row.encode());
    }

    private static void erase(Batch batch, NumberMac number, PinRow row) throws RocksDBException {
        batch.delete(Table.PIN, number.toArray());
        if (row.isOrphan()) {
            batch.delete(Table.EXPIRY, expiryKey(row, number));
        }
    }

    private static byte[] expiryKey(PinRow orphan, NumberMac number) {
        return ExpiryKey.encode(orphan.expiresAtNanos(), ExpiryKey.Kind.PIN, number.toArray());
    }

    /// Whether there was an orphan under `key` that has expired.
    boolean sweep(Batch batch, byte[] key, long nowNanos) throws RocksDBException {
        boolean due = batch.get(Table.PIN, key)
                .map(PinRow::decode)
                .filter(row -> row.expiresAtNanos() <= nowNanos)
                .isPresent();
        if (due) {
            batch.delete(Table.PIN, key);
            erasures.expired(batch, Table.PIN, key);
        }
        return due;
    }
}
